import {
  Conv2d,
  EVALUATION,
  type ForwardContext,
  Layer,
  Linear,
  Module,
  Parameter,
  ReLU,
  relu,
  Sequential,
} from '@cnn/core';
import '@tensorflow/tfjs-backend-cpu';
import { add, memory, mul, setBackend, slice4d, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel, modelEntry, modelNames } from '../zoo/create-model.ts';
import { summary } from './summary.ts';

beforeAll(async () => {
  await setBackend('cpu');
});

const MNIST = { input: [1, 28, 28] };

describe('summary', () => {
  it('describes each layer of tiny-cnn with its numbers', () => {
    const { layers, total, model } = summary(createModel('tiny-cnn'), MNIST);
    expect(model).toBe('TinyCnn');
    expect(layers).toEqual([
      row('conv1', 'Conv2d', [1, 16, 26, 26], [3, 3], 'floor((28 + 2·0 − 1·(3−1) − 1)/1 + 1) = 26', 160, 97_344),
      row('relu', 'ReLU', [1, 16, 26, 26], [3, 3], null),
      row('pool', 'MaxPool2d', [1, 16, 13, 13], [4, 4], 'floor((26 + 2·0 − 1·(2−1) − 1)/2 + 1) = 13'),
      row('flatten', 'Flatten', [1, 2704], [28, 28], '16·13·13 = 2704'),
      row('fc1', 'Linear', [1, 10], [28, 28], '2704 → 10', 27_050, 27_040),
    ]);
    expect(total).toEqual({
      parameters: 27_210,
      trainableParameters: 27_210,
      multiplyAdds: 124_384,
      parameterBytes: 108_840,
    });
  });

  it('follows the receptive field through strides', () => {
    const fields = summary(createModel('two-block-cnn'), MNIST).layers.map(({ receptiveField }) => receptiveField?.[0]);
    expect(fields).toEqual([3, 3, 4, 8, 8, 10, 28, 28, 28, 28]);
  });

  it.each(modelNames().filter((name) => !name.startsWith('resnet')))('totals the parameters of %s', (name) => {
    expect(summary(createModel(name), MNIST).total.parameters).toBe(modelEntry(name).parameterCount);
  });

  it('counts a layer that is used twice once, and shows both uses', () => {
    const shared = new Linear(4, 4);
    const { layers, total } = summary(new Sequential(shared, new ReLU(), shared), { input: [4] });
    expect(layers.map(({ path, parameters }) => [path, parameters])).toEqual([
      ['0', 20],
      ['1', 0],
      ['0', 0],
    ]);
    expect(total).toMatchObject({ parameters: 20, multiplyAdds: 32 });
  });

  it('lists what the forward pass does not reach and what holds parameters without being a layer', () => {
    const { layers, total } = summary(new Unusual(), { input: [1, 6, 6] });
    expect(layers.map(({ path, type, parameters, called }) => [path, type, parameters, called])).toEqual([
      ['conv', 'Conv2d', 10, true],
      ['', 'Unusual', 1, true],
      ['spare', 'Linear', 6, false],
    ]);
    expect(total.parameters).toBe(17);
  });

  it('tells frozen parameters from those that train', () => {
    const model = new Sequential(new Linear(4, 3).freeze(), new Linear(3, 2));
    expect(summary(model, { input: [4] }).total).toMatchObject({ parameters: 23, trainableParameters: 8 });
  });

  it('takes the widest branch of a residual sum', () => {
    const { layers } = summary(new Residual(), { input: [1, 8, 8] });
    expect(layers.map(({ path, receptiveField }) => [path, receptiveField?.[0]])).toEqual([
      ['conv1', 3],
      ['conv2', 5],
      ['shortcut', 1],
      ['relu', 5],
      ['last', 7],
    ]);
  });

  it("finds ResNet18's receptive field of 435 pixels through its sums", () => {
    const { layers } = summary(createModel('resnet18'), { input: [3, 32, 32] });
    expect(layers.find(({ path }) => path === 'layer4.1.conv2')?.receptiveField).toEqual([435, 435]);
  });

  it('leaves the receptive field open where a plain function hides it', () => {
    class Hidden extends Module {
      readonly conv = new Conv2d(1, 1, 3);
      override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
        return this.conv.forward(slice4d(relu(x) as Tensor4D, [0, 0, 0, 0], [1, 4, 4, 1]), context);
      }
    }
    expect(summary(new Hidden(), { input: [1, 8, 8] }).layers[0]?.receptiveField).toBeNull();
  });

  it("describes a user's own layer by what it says of itself", () => {
    class Doubled extends Layer {
      override get kind(): string {
        return 'Doubled';
      }
      override outputShape(shape: readonly number[]): readonly number[] {
        return shape;
      }
      protected override compute(x: Tensor): Tensor {
        return mul(x, 2);
      }
    }
    expect(summary(new Doubled(), { input: [2, 3, 3] }).layers).toEqual([
      row('', 'Doubled', [1, 2, 3, 3], [1, 1], null),
    ]);
  });

  it('leaves no tensor behind, also when a layer refuses its input', () => {
    const model = createModel('tiny-cnn');
    const before = memory().numTensors;
    summary(model, MNIST);
    expect(() => summary(model, { input: [3, 28, 28] })).toThrow(
      /^conv1 \(Conv2d\): expected 1 input channels, received 3/,
    );
    expect(memory().numTensors).toBe(before);
  });

  it.each([[[28, 28]], [[]], [[1, 28, 0]], [[1, 28.5, 28]]])('refuses the input %j', (input) => {
    expect(() => summary(createModel('tiny-cnn'), { input })).toThrow(/summary.input: expected \[channels, height/);
  });
});

function row(
  path: string,
  type: string,
  outputShape: number[],
  receptiveField: number[],
  formula: string | null,
  parameters = 0,
  multiplyAdds = 0,
) {
  const trainableParameters = parameters;
  return {
    path,
    type,
    outputShape,
    parameters,
    trainableParameters,
    multiplyAdds,
    receptiveField,
    formula,
    called: true,
  };
}

class Unusual extends Module {
  readonly scale = new Parameter(Float32Array.of(2), [1]);
  readonly conv = new Conv2d(1, 1, 3);
  readonly spare = new Linear(2, 2);

  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    return mul(this.conv.forward(x, context), this.scale.variable);
  }
}

class Residual extends Module {
  readonly conv1 = new Conv2d(1, 2, 3, { padding: 1 });
  readonly conv2 = new Conv2d(2, 2, 3, { padding: 1 });
  readonly shortcut = new Conv2d(1, 2, 1);
  readonly relu = new ReLU();
  readonly last = new Conv2d(2, 2, 3, { padding: 1 });

  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    const deep = this.conv2.forward(this.conv1.forward(x, context), context);
    const sum = add(deep, this.shortcut.forward(x, context));
    return this.last.forward(this.relu.forward(sum, context), context);
  }
}
