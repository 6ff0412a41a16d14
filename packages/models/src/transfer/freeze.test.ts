import { registerSimdBackend } from '@cnn/backend-simd';
import { BatchNorm2d, Conv2d, Generator, Linear, Module, Parameter } from '@cnn/core';
import { ones, setBackend, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ResNet18 } from '../resnet/resnet18.ts';
import { createModel } from '../zoo/create-model.ts';
import { freeze, isFrozen, unfreeze } from './freeze.ts';
import { parameterGroups } from './parameter-groups.ts';
import { pathMatcher } from './path-pattern.ts';
import { findHead, replaceHead } from './replace-head.ts';
import { stagedUnfreezing } from './staged-unfreezing.ts';
import { stateHash } from './state-hash.ts';

class Backbone extends Module {
  readonly conv: Conv2d = new Conv2d(1, 2, 3);
  readonly bn: BatchNorm2d = new BatchNorm2d(2);

  override forward(x: Tensor): Tensor {
    return this.bn.forward(this.conv.forward(x), { training: true, generator: new Generator(0) });
  }
}

class Net extends Module {
  readonly stem: Backbone = new Backbone();
  readonly stage: Backbone = new Backbone();
  readonly scale: Parameter = new Parameter(Float32Array.of(1), [1]);
  fc: Linear = new Linear(2, 3);

  override forward(x: Tensor): Tensor {
    return this.stem.forward(x);
  }
}

let net: Net;

beforeAll(async () => {
  registerSimdBackend();
  await setBackend('simd');
});

beforeEach(() => {
  net = new Net();
});

function trainable(model: Module): string[] {
  return model.namedParameters().flatMap(([path, parameter]) => (parameter.trainable ? [path] : []));
}

describe('pathMatcher', () => {
  it.each([
    ['layer1', ['layer1', 'layer1.0.conv1'], ['layer10', 'x.layer1']],
    ['layer*', ['layer1', 'layer10.bn'], ['conv1', 'x.layer1']],
    ['**.bn*', ['bn1', 'layer1.0.bn2.weight'], ['conv1', 'layer1.0.conv1']],
    ['layer1.*.conv1', ['layer1.0.conv1.weight'], ['layer1.0.bn1', 'layer1.conv1']],
    ['**', ['conv1', 'layer1.0.conv1'], []],
    ['conv_block.0', ['conv_block.0.weight'], ['conv_blockx0', 'conv_block.01']],
  ])('%s means what it names and all below it', (pattern, meant, others) => {
    expect(meant.filter((path) => !pathMatcher(pattern)(path))).toEqual([]);
    expect(others.filter(pathMatcher(pattern))).toEqual([]);
  });

  it('takes out again what follows an exclamation mark', () => {
    const isMeant = pathMatcher(['**', '!fc', 'fc.bias']);
    expect(['conv.weight', 'fc.weight', 'fc.bias'].filter(isMeant)).toEqual(['conv.weight', 'fc.bias']);
  });
});

describe('freeze', () => {
  it('freezes everything but the head, in layers and parameters', () => {
    expect(freeze(net, ['**', '!fc'])).toEqual(['stem.conv', 'stem.bn', 'stage.conv', 'stage.bn']);
    expect(trainable(net)).toEqual(['fc.weight', 'fc.bias']);
    expect([isFrozen(net.stem), isFrozen(net)]).toEqual([true, false]);
  });

  it('is undone by the same pattern', () => {
    freeze(net);
    expect(unfreeze(net, 'stage')).toEqual(['stage.conv', 'stage.bn']);
    expect(trainable(net).every((path) => path.startsWith('stage.'))).toBe(true);
    expect(net.stage.bn.frozen).toBe(false);
    expect(net.stem.bn.frozen).toBe(true);
  });

  it('keeps every byte of a frozen part, running statistics included, while it runs in training mode', async () => {
    freeze(net, 'stem');
    const before = await stateHash(net.stem);
    tidy(() => net.stem.forward(ones([2, 5, 5, 1])));
    expect(await stateHash(net.stem)).toBe(before);
    unfreeze(net, 'stem');
    tidy(() => net.stem.forward(ones([2, 5, 5, 1])));
    expect(await stateHash(net.stem)).not.toBe(before);
  });

  it('answers a pattern without meaning with the nearest path', () => {
    expect(() => freeze(net, 'stem.bm')).toThrow(/stem\.bm, which means none of them\. Write stem\.bn/);
    expect(() => unfreeze(net, ['fc', '!nothing'])).toThrow(/!nothing/);
  });

  it('freezes a model that is one layer', () => {
    const linear = new Linear(2, 2);
    freeze(linear);
    expect(isFrozen(linear)).toBe(true);
  });
});

describe('replaceHead', () => {
  it('puts a trainable head of so many classes in the place of the last Linear', () => {
    freeze(net);
    const head = replaceHead(net, 10, { generator: new Generator(3) });
    expect([net.fc === head, head.inFeatures, head.outFeatures]).toEqual([true, 2, 10]);
    expect(trainable(net)).toEqual(['fc.weight', 'fc.bias']);
  });

  it.each([
    ['two-block-cnn', 'fc_block.3'],
    ['simple-cnn-64', 'classifier.3'],
    ['lenet5', 'fc3'],
  ])('finds the head of %s', (name, path) => {
    const model = createModel(name);
    expect(findHead(model)).toBe(path);
    replaceHead(model, 4);
    const output = tidy(() => model.forward(ones([1, 28, 28, 1])).shape);
    expect(output).toEqual([1, 4]);
    model.dispose();
  });

  it('draws what PyTorch draws for the new Linear', async () => {
    const model = createModel('resnet18', { generator: new Generator(0) });
    const head = replaceHead(model, 10, { generator: new Generator(1) });
    const alone = createModel(() => new Linear(512, 10), { generator: new Generator(1) });
    expect(await stateHash(head)).toBe(await stateHash(alone));
    expect(model).toBeInstanceOf(ResNet18);
    model.dispose();
  });

  it('names the Linears where there is none at the path', () => {
    expect(() => replaceHead(net, 10, { path: 'stem.conv' })).toThrow(/a Conv2d at stem\.conv\. Pass one of fc/);
    expect(() => replaceHead(net, 10, { path: 'fc2' })).toThrow(/nothing at fc2/);
    expect(() => replaceHead(net.stem, 10)).toThrow(/Give the model a Linear/);
  });
});

describe('parameterGroups', () => {
  it('puts each parameter into the first group that means it, the rest into the last', () => {
    const groups = parameterGroups(net, [
      { match: 'fc', lr: 0.1 },
      { match: ['stage', '!**.bn'], lr: 0.01, weightDecay: 0 },
    ]);
    const paths = new Map(net.namedParameters().map(([path, parameter]) => [parameter, path]));
    expect(groups.map(({ parameters, ...rates }) => [parameters.map((entry) => paths.get(entry)), rates])).toEqual([
      [['fc.weight', 'fc.bias'], { lr: 0.1 }],
      [['stage.conv.weight', 'stage.conv.bias'], { lr: 0.01, weightDecay: 0 }],
      [
        [
          'scale',
          'stem.conv.weight',
          'stem.conv.bias',
          'stem.bn.weight',
          'stem.bn.bias',
          'stage.bn.weight',
          'stage.bn.bias',
        ],
        {},
      ],
    ]);
  });

  it('answers a rule without meaning with the nearest path', () => {
    expect(() => parameterGroups(net, [{ match: 'head' }])).toThrow(/head, which means none/);
  });
});

describe('stagedUnfreezing', () => {
  const stages = [
    { epoch: 1, unfreeze: 'fc' },
    { epoch: 3, unfreeze: 'stage' },
  ];

  it('thaws part by part, and a resumed run from where it stands', () => {
    const callback = stagedUnfreezing(stages);
    callback.onRunStart({ model: net, state: { epoch: 0 } });
    const thawed = [1, 2, 3].map((epoch) => {
      callback.onEpochStart({ model: net, state: { epoch } });
      return trainable(net).length;
    });
    expect(thawed).toEqual([2, 2, 6]);
    stagedUnfreezing(stages).onRunStart({ model: net, state: { epoch: 2 } });
    expect(trainable(net).length).toBe(2);
    stagedUnfreezing(stages).onRunStart({ model: net, state: { epoch: 3 } });
    expect(trainable(net).length).toBe(6);
  });

  it('wants something to train from the first epoch on', () => {
    expect(() => stagedUnfreezing([{ epoch: 2, unfreeze: 'fc' }])).toThrow(/a stage for epoch 1, received epochs 2/);
  });
});
