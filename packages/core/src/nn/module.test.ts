import * as tf from '@tensorflow/tfjs-core';
import { type Tensor, tensor, tidy, variableGrads } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  BatchNorm2d,
  CnnError,
  Conv2d,
  cpuBackend,
  type ForwardContext,
  Generator,
  Linear,
  Module,
  relu,
  type StateDict,
  selectBackend,
} from '../index.ts';

class Network extends Module {
  stem = new Conv2d(1, 2, 3);
  norm = new BatchNorm2d(2);
  fc1 = new Linear(8, 3);
  tied = this.fc1;
  scale = 2;
  override forward(x: Tensor, context?: ForwardContext): Tensor {
    const maps = relu(this.norm.forward(this.stem.forward(x, context), context));
    return this.fc1.forward(tf.reshape(maps, [-1, 8]), context);
  }
}

beforeAll(async () => {
  await selectBackend('cpu', [cpuBackend()]);
});

function refusal(run: () => unknown): CnnError {
  try {
    run();
  } catch (error) {
    if (error instanceof CnnError) return error;
  }
  throw new Error('expected a CnnError');
}

describe('a state dict', () => {
  test('has PyTorch’s names, order and layouts', async () => {
    const state = await new Network().stateDict();
    expect([...state].map(([name, { shape }]) => `${name} ${shape}`)).toEqual([
      'stem.weight 2,1,3,3',
      'stem.bias 2',
      'norm.weight 2',
      'norm.bias 2',
      'norm.running_mean 2',
      'norm.running_var 2',
      'norm.num_batches_tracked ',
      'fc1.weight 3,8',
      'fc1.bias 3',
      'tied.weight 3,8',
      'tied.bias 3',
    ]);
  });

  test('loaded into another network makes it the same', async () => {
    const [first, second] = [new Network(), new Network()];
    second.loadStateDict(await first.stateDict());
    expect(await second.stateDict()).toEqual(await first.stateDict());
  });

  test('that does not fit changes nothing and names every key', async () => {
    const network = new Network();
    const before = await network.stateDict();
    const state: StateDict = new Map(await new Network().stateDict());
    state.delete('fc1.bias');
    state.set('extra', state.get('norm.weight')!);
    state.set('stem.weight', { dtype: 'float32', shape: [2, 1, 5, 5], data: new Float32Array(50) });
    const error = refusal(() => network.loadStateDict(state));
    expect(error.code).toBe('state-mismatch');
    expect(error.message).toContain('missing fc1.bias; unexpected extra; ');
    expect(error.message).toContain('stem.weight: expected [2, 1, 3, 3], received [2, 1, 5, 5]');
    expect(await network.stateDict()).toEqual(before);
  });

  test('loaded without strict takes what fits and returns the rest', async () => {
    const network = new Network();
    const state: StateDict = new Map([...(await new Network().stateDict())].filter(([name]) => name.startsWith('fc1')));
    state.set('head.bias', state.get('fc1.bias')!);
    const { missing, unexpected } = network.loadStateDict(state, { strict: false });
    expect(unexpected).toEqual(['head.bias']);
    expect(missing).toContain('stem.weight');
    expect((await network.stateDict()).get('fc1.weight')).toEqual(state.get('fc1.weight'));
  });

  test('of half precision is converted', async () => {
    const layer = new Linear(2, 1, { bias: false });
    layer.loadStateDict(
      new Map([['weight', { dtype: 'float16', shape: [1, 2], data: new Uint16Array([0x3c00, 0xc000]) }]]),
    );
    expect((await layer.stateDict()).get('weight')?.data).toEqual(new Float32Array([1, -2]));
  });
});

test('modules in an array are named by their place', async () => {
  class Tower extends Module {
    blocks = [new Linear(2, 2, { bias: false }), new Linear(2, 2, { bias: false })];
    head = new Linear(2, 1, { bias: false });
    override forward(x: Tensor, context?: ForwardContext): Tensor {
      return this.head.forward(
        this.blocks.reduce((y, block) => block.forward(y, context), x),
        context,
      );
    }
  }
  expect([...(await new Tower().stateDict()).keys()]).toEqual(['blocks.0.weight', 'blocks.1.weight', 'head.weight']);
});

describe('a frozen module', () => {
  test('gets no gradient and moves no statistics while the rest trains', async () => {
    const network = new Network();
    network.stem.freeze();
    network.norm.freeze();
    const before = JSON.stringify(
      [...(await network.stateDict())].slice(0, 7).map(([, { data }]) => Array.from(data, String)),
    );
    const names = tidy(() => {
      const x = tensor(new Generator(0).uniform(16), [1, 4, 4, 1]);
      const loss = () => tf.sum(network.forward(x, { training: true, generator: new Generator(0) })) as tf.Scalar;
      return Object.keys(variableGrads(loss).grads);
    });
    expect(names).toContain(network.fc1.weight.variable.name);
    expect(names).not.toContain(network.stem.weight.variable.name);
    const after = JSON.stringify(
      [...(await network.stateDict())].slice(0, 7).map(([, { data }]) => Array.from(data, String)),
    );
    expect(after).toBe(before);
    network.dispose();
  });

  test('trains again after unfreeze', () => {
    const network = new Network().freeze();
    expect(network.parameters().some(({ trainable }) => trainable)).toBe(false);
    expect(network.norm.frozen).toBe(true);
    network.unfreeze();
    expect(network.parameters().every(({ trainable }) => trainable)).toBe(true);
  });
});

test('a shared parameter appears once among the parameters', () => {
  expect(new Network().namedParameters().map(([path]) => path)).toEqual([
    'stem.weight',
    'stem.bias',
    'norm.weight',
    'norm.bias',
    'fc1.weight',
    'fc1.bias',
  ]);
});
