import { Conv2d, EVALUATION, Flatten, type ForwardContext, Linear, MaxPool2d, Module, relu } from '@cnn/core';
import '@tensorflow/tfjs-backend-cpu';
import { add, getBackend, memory, setBackend, type Tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { TwoBlockCnn } from '../../zoo/two-block-cnn.ts';
import { traceGraph } from './trace-graph.ts';

beforeAll(async () => {
  await setBackend('cpu');
});

class Residual extends Module {
  readonly conv1: Conv2d = new Conv2d(3, 3, 3, { padding: 1 });
  readonly pool: MaxPool2d = new MaxPool2d(2);
  readonly flatten: Flatten = new Flatten();
  readonly fc: Linear = new Linear(12, 2);

  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    const sum = add(x, relu(this.conv1.forward(x, context)));
    return this.fc.forward(this.flatten.forward(this.pool.forward(sum, context), context), context);
  }
}

describe('traceGraph', () => {
  it('notes kernels, shapes for any batch, the names of parameters and the layers they belong to', async () => {
    const graph = await traceGraph(new Residual(), { inputShape: [3, 4, 4] });
    expect(graph.nodes.map(({ kernel, layer }) => `${layer || '-'} ${kernel}`)).toEqual([
      'conv1 FusedConv2D',
      '- Relu',
      '- Add',
      'pool MaxPool',
      'flatten Transpose',
      'flatten Reshape',
      'fc BatchMatMul',
      'fc Add',
    ]);
    expect(graph.input.shape).toEqual([{ perSample: 1 }, 4, 4, 3]);
    expect(graph.output.shape).toEqual([{ perSample: 1 }, 2]);
    const names = [...graph.constants.values()].map((constant) => constant.name);
    expect(names.sort()).toEqual(['conv1.bias', 'conv1.weight', 'fc.bias', 'fc.weight']);
  });

  it('leaves backend, tensors and parameters as they were', async () => {
    const model = new TwoBlockCnn();
    const image = tensor4d(new Float32Array(784).fill(0.5), [1, 28, 28, 1]);
    const before = tidy(() => model.forward(image)).dataSync();
    const { numTensors } = memory();
    await traceGraph(model, { inputShape: [1, 28, 28] });
    expect([getBackend(), memory().numTensors]).toEqual(['cpu', numTensors]);
    expect(tidy(() => model.forward(image)).dataSync()).toEqual(before);
  });
});
