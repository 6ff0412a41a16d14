// What every rival is given: the same batches of real images, and the same network as ONNX.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpuBackend, Generator, selectBackend, withGenerator } from '../packages/core/dist/index.js';
import { openDataset } from '../packages/datasets/dist/node.js';
import { createModel, exportOnnx } from '../packages/models/dist/index.js';

const BATCHES = 30;

/** Raw float32 pixels and int32 labels of the real MNIST under `$CNN_DATA_DIR`; random images where there is none. */
export async function writeMnistBatches({ network, batchSize }, folder) {
  if (network.startsWith('resnet') || !process.env.CNN_DATA_DIR) return {};
  const train = await openDataset('mnist', { split: 'train' });
  const order = new Generator(0).randperm(train.length).slice(0, BATCHES * batchSize);
  const pixels = new Float32Array(order.length * 784);
  const labels = Int32Array.from(order, (index) => train.get(index).label);
  order.forEach((index, i) => {
    pixels.set(
      Float32Array.from(train.get(index).pixels, (pixel) => pixel / 255),
      i * 784,
    );
  });
  const paths = { inputs: join(folder, 'inputs.f32'), labels: join(folder, 'labels.i32') };
  writeFileSync(paths.inputs, new Uint8Array(pixels.buffer));
  writeFileSync(paths.labels, new Uint8Array(labels.buffer));
  return paths;
}

/** The network as our exporter writes it, with the same weights as everywhere: seed 0. */
export async function writeOnnx({ network }, folder) {
  await selectBackend('cpu', [cpuBackend()]);
  const model = withGenerator(new Generator(0), () => createModel(network));
  const inputShape = network.startsWith('resnet') ? [3, 224, 224] : [1, 28, 28];
  const path = join(folder, `${network}.onnx`);
  writeFileSync(path, await exportOnnx(model, { inputShape }));
  model.dispose();
  return path;
}
