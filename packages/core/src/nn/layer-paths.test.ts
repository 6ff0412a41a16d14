import '@tensorflow/tfjs-backend-cpu';
import { type Tensor, zeros } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { withLayerPaths } from './layer-paths.ts';
import { Conv2d } from './layers/conv2d.ts';
import { Flatten } from './layers/flatten.ts';
import { Linear } from './layers/linear.ts';
import { ReLU } from './layers/relu.ts';
import { Module } from './module.ts';
import { Sequential } from './sequential.ts';

class Net extends Module {
  features: Sequential = new Sequential(new Conv2d(1, 4, 3), new ReLU(), new Conv2d(4, 8, 3));
  blocks: Module[] = [new Sequential({ flatten: new Flatten(), fc: new Linear(10, 3) })];

  forward(x: Tensor): Tensor {
    return this.blocks[0]!.forward(this.features.forward(x));
  }
}

const image = (side: number): Tensor => zeros([1, side, side, 1]);

test('a layer that refuses its input is named by its path', () => {
  const net = new Net();
  expect(() => withLayerPaths(net, () => net.forward(image(8)))).toThrow(
    /^blocks\.0\.fc \(Linear\): expected \[N, 10\], received \[1, 128\]/,
  );
  expect(() => withLayerPaths(net, () => net.forward(image(4)))).toThrow(/^features\.2 \(Conv2d\): expected /);
});

test('the error keeps its code, and what was thrown is its cause', () => {
  const net = new Net();
  const run = (): unknown => withLayerPaths(net, () => net.forward(image(4)));
  expect(run).toThrow(expect.objectContaining({ code: 'invalid-shape' }));
  expect(run).toThrow(expect.objectContaining({ cause: expect.objectContaining({ code: 'invalid-shape' }) }));
});

test('other errors, and a layer that is the whole model, are left as they are', () => {
  const broken = new Error('mine');
  expect(() =>
    withLayerPaths(new Net(), () => {
      throw broken;
    }),
  ).toThrow(broken);
  const layer = new Linear(10, 3);
  expect(() => withLayerPaths(layer, () => layer.forward(zeros([1, 4])))).toThrow(/^Linear: expected /);
});
