import { EVALUATION, Flatten, type ForwardContext, Generator, Linear, Module, manualSeed } from '@cnn/core';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend, type Tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel, modelEntry, modelNames } from './create-model.ts';

beforeAll(async () => {
  await setBackend('cpu');
});

function parameterCount(model: Module): number {
  return model.parameters().reduce((sum, parameter) => sum + parameter.size, 0);
}

describe('the zoo', () => {
  it('has the names that configs use', () => {
    expect(modelNames()).toEqual(
      expect.arrayContaining([
        'simple-cnn-64',
        'simple-cnn-128',
        'two-block-cnn',
        'tiny-cnn',
        'basic-cnn',
        'mlp',
        'lenet5',
      ]),
    );
  });

  it.each(['simple-cnn-64', 'simple-cnn-128', 'two-block-cnn', 'tiny-cnn', 'basic-cnn', 'mlp', 'lenet5'])(
    '%s has the parameters that its entry states, and takes the input that it states',
    (name) => {
      const entry = modelEntry(name);
      const model = createModel(name);
      const [channels, height, width] = entry.inputShape({});
      expect(parameterCount(model)).toBe(entry.parameterCount);
      expect(tidy(() => model.forward(zeros([1, height, width, channels])).shape)).toEqual([1, 10]);
      model.dispose();
    },
  );

  it.each([
    ['simple-cnn-64', 220_234],
    ['simple-cnn-128', 421_642],
    ['two-block-cnn', 421_642],
    ['tiny-cnn', 27_210],
    ['basic-cnn', 206_922],
    ['mlp', 407_050],
    ['lenet5', 61_706],
  ])('%s has %i parameters', (name, count) => {
    expect(parameterCount(createModel(name))).toBe(count);
  });

  it.each(['simple-cnn-64', 'simple-cnn-128', 'two-block-cnn', 'tiny-cnn', 'basic-cnn', 'mlp', 'lenet5'])(
    '%s can be built for other classes, colours and sizes, down to its smallest image',
    (name) => {
      const smallest = name === 'lenet5' ? 12 : 4;
      for (const imageSize of [smallest, smallest + 1, 33]) {
        const options = { classes: 3, inChannels: 3, imageSize };
        expect(modelEntry(name).inputShape(options)).toEqual([3, imageSize, imageSize]);
        const model = createModel(name, options);
        expect(tidy(() => model.forward(zeros([1, imageSize, imageSize, 3])).shape)).toEqual([1, 3]);
        model.dispose();
      }
    },
  );
});

describe('createModel', () => {
  it('draws from the generator that it is given, and else from the ambient one', async () => {
    const given = createModel('tiny-cnn', { generator: new Generator(5) });
    manualSeed(5);
    const ambient = createModel('tiny-cnn');
    expect(await given.stateDict()).toEqual(await ambient.stateDict());
  });

  it('names the nearest model for an unknown one', () => {
    expect(() => createModel('twoblock-cnn')).toThrow(
      /createModel: expected a model of the zoo \(simple-cnn-64, .*\), received twoblock-cnn. Write two-block-cnn, or/,
    );
  });

  it('names the nearest option for an unknown one', () => {
    expect(() => createModel('mlp', { hiden: 64 })).toThrow(
      'createModel mlp: expected no options but classes, inChannels, imageSize, hidden, received hiden. Write hidden.',
    );
    expect(() => createModel('tiny-cnn', { hidden: 64 })).toThrow(/received hidden/);
  });

  it.each([
    [{ classes: 0 }, 'TwoBlockCnn.classes: expected an integer of at least 1, received 0'],
    [{ inChannels: 1.5 }, 'TwoBlockCnn.inChannels: expected an integer of at least 1, received 1.5'],
    [{ imageSize: 3 }, 'TwoBlockCnn.imageSize: expected an integer of at least 4, received 3'],
  ])('refuses %o', (options, message) => {
    expect(() => createModel('two-block-cnn', options)).toThrow(message);
  });

  it("builds a user's own class or function as it builds the zoo's", async () => {
    class OneLayer extends Module {
      readonly flatten = new Flatten();
      readonly fc: Linear;

      constructor({ classes = 10 }: { classes?: number } = {}) {
        super();
        this.fc = new Linear(784, classes);
      }

      override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
        return this.fc.forward(this.flatten.forward(x, context), context);
      }
    }
    const fromClass = createModel(OneLayer, { classes: 2, generator: new Generator(1) });
    const fromFunction = createModel(({ classes }: { classes: number }) => new OneLayer({ classes }), {
      classes: 2,
      generator: new Generator(1),
    });
    const state = await fromClass.stateDict();
    expect([...state.keys()]).toEqual(['fc.weight', 'fc.bias']);
    expect(await fromFunction.stateDict()).toEqual(state);
  });

  it('refuses a function that makes no module', () => {
    // @ts-expect-error A function must return a Module.
    expect(() => createModel(() => 3)).toThrow('createModel: expected a function that returns a Module');
  });
});
