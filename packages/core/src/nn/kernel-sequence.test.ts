import '@tensorflow/tfjs-backend-cpu';
import { profile, type Scalar, setBackend, sum, type Tensor, tensor, tidy, variableGrads } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { Conv2d, Flatten, Generator, Linear, MaxPool2d, ReLU, Sequential, withGenerator } from '../index.ts';

beforeAll(async () => {
  await setBackend('cpu');
});

function network(): Sequential {
  return withGenerator(new Generator(0), () => {
    const first = [new Conv2d(1, 2, 3, { padding: 1 }), new ReLU(), new MaxPool2d(2)];
    const second = [new Conv2d(2, 3, 3), new ReLU(), new Flatten(), new Linear(12, 2)];
    return new Sequential(...first, ...second);
  });
}

/** Kernels that compute, in order; views and what the engine keeps for the backward pass left out. */
async function kernelsOf(run: (images: Tensor) => Tensor): Promise<string[]> {
  const images = tensor(new Float32Array(64).fill(0.5), [1, 8, 8, 1]);
  const { kernels } = await profile(() => tidy(() => run(images)));
  return kernels.map(({ name }) => name).filter((name) => !['Identity', 'Reshape', 'forward'].includes(name));
}

// A backend may fuse kernels that follow each other: these sequences are what it relies on.
test('a forward pass runs one kernel a layer', async () => {
  const model = network();
  const kernels = await kernelsOf((images) => model.forward(images));
  expect(kernels).toEqual(['FusedConv2D', 'Relu', 'MaxPool', 'FusedConv2D', 'Relu', 'Transpose', 'BatchMatMul', 'Add']);
});

test('a backward pass computes no gradient of the images', async () => {
  const model = network();
  const forward = await kernelsOf((images) => sum(model.forward(images)));
  const kernels = await kernelsOf((images) => {
    return variableGrads(() => sum(model.forward(images)) as Scalar).grads[model.parameters()[0]!.variable.name]!;
  });
  const backward = kernels.slice(forward.length).filter((name) => !['Multiply', 'Step'].includes(name));
  expect(backward).toEqual([
    'Sum',
    'BatchMatMul',
    'BatchMatMul',
    'Transpose',
    'Conv2DBackpropInput',
    'Conv2DBackpropFilter',
    'Sum',
    'MaxPoolGrad',
    'Conv2DBackpropFilter',
    'Sum',
  ]);
});
