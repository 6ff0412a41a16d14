// This project on one of its backends, as one entry of the benchmark.
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { simdBackend } from '../../packages/backend-simd/dist/index.js';
import {
  cpuBackend,
  Generator,
  inferenceSession,
  nodeBackend,
  registerGradients,
  selectBackend,
  wasmBackend,
  withGenerator,
} from '../../packages/core/dist/index.js';
import { createModel } from '../../packages/models/dist/index.js';
import { Adam, crossEntropyLoss, supervisedStep } from '../../packages/trainer/dist/index.js';
import { serveRival } from './serve-rival.mjs';

if (process.env.CNN_TFJS_NODE) register('./resolve-tfjs-node.mjs', import.meta.url);
const NO_WATCH = { start() {}, stop() {} };
let model;
let step;
let session;
let batches;
let at = 0;
const generator = new Generator(0);

await serveRival({
  async setup({ network, batchSize, threads, seed, backend, featureLevel = 'auto', inputs, labels }) {
    registerGradients();
    const drivers = [simdBackend({ featureLevel }), cpuBackend(), wasmBackend(), nodeBackend()];
    const details = await selectBackend(backend, drivers, { threads });
    model = withGenerator(new Generator(seed), () => createModel(network));
    session = inferenceSession((images) => model.forward(images));
    const shape = network.startsWith('resnet') ? [224, 224, 3] : [28, 28, 1];
    batches = inputs ? await readBatches(inputs, labels, batchSize, shape) : [randomBatch(batchSize, shape)];
    step = supervisedStep({ model, loss: crossEntropyLoss(), optimizer: new Adam(model.parameters(), { lr: 1e-3 }) });
    return { version: details.version, threads: details.threads, featureLevel: details.featureLevel };
  },
  async train() {
    const { loss, logits } = step(nextBatch(), { generator, part: { index: 0, count: 1 }, watch: NO_WATCH });
    await loss.data();
    loss.dispose();
    logits.dispose();
  },
  async infer() {
    const { inputs } = nextBatch();
    await session.run(inputs.data, inputs.shape);
  },
});

function nextBatch() {
  at = (at + 1) % batches.length;
  return batches[at];
}

/** Raw float32 pixels and int32 labels on disk, so that every rival trains on the same batches. */
async function readBatches(inputs, labels, size, shape) {
  const pixels = await readFloats(inputs);
  const classes = new Int32Array((await readFloats(labels)).buffer);
  const perBatch = size * shape.reduce((product, side) => product * side, 1);
  return Array.from({ length: pixels.length / perBatch }, (_, i) =>
    batchOf(pixels.slice(i * perBatch, (i + 1) * perBatch), classes.slice(i * size, (i + 1) * size), shape),
  );
}

async function readFloats(path) {
  const bytes = await readFile(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function randomBatch(size, shape) {
  const random = new Generator(7);
  const count = size * shape.reduce((product, side) => product * side, 1);
  const labels = Int32Array.from({ length: size }, () => random.u32() % 10);
  return batchOf(random.uniform(count), labels, shape);
}

function batchOf(pixels, labels, shape) {
  const size = labels.length;
  return {
    inputs: { data: pixels, shape: [size, ...shape] },
    targets: { data: labels, shape: [size] },
    indices: Int32Array.from(labels.keys()),
    size,
  };
}
