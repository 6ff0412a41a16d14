// Trains for many steps and prints what the backend holds along the way: it must not grow.
//
//   node bench/memory.mjs [--network tiny-cnn] [--batch 16] [--steps 10000] [--threads 2]
import { parseArgs } from 'node:util';
import { simdBackend } from '../packages/backend-simd/dist/index.js';
import { Generator, selectBackend, withGenerator } from '../packages/core/dist/index.js';
import * as tf from '../packages/core/node_modules/@tensorflow/tfjs-core/dist/tf-core.node.js';
import { createModel } from '../packages/models/dist/index.js';
import { Adam, crossEntropyLoss, supervisedStep } from '../packages/trainer/dist/index.js';

const { values: options } = parseArgs({
  options: {
    network: { type: 'string', default: 'tiny-cnn' },
    batch: { type: 'string', default: '16' },
    steps: { type: 'string', default: '10000' },
    threads: { type: 'string', default: '2' },
  },
});
const size = Number(options.batch);
const steps = Number(options.steps);
await selectBackend('simd', [simdBackend()], { threads: Number(options.threads) });
const generator = new Generator(0);
const model = withGenerator(generator, () => createModel(options.network));
const optimizer = new Adam(model.parameters(), { lr: 1e-3 });
const step = supervisedStep({ model, loss: crossEntropyLoss(), optimizer });
const watch = { start() {}, stop() {} };

const started = performance.now();
for (let done = 1; done <= steps; done++) {
  const batch = {
    inputs: { data: generator.uniform(size * 784), shape: [size, 28, 28, 1] },
    targets: { data: Int32Array.from({ length: size }, () => generator.u32() % 10), shape: [size] },
    indices: new Int32Array(size),
    size,
  };
  const { loss, logits } = step(batch, { generator, part: { index: 0, count: 1 }, watch });
  await loss.data();
  tf.dispose([loss, logits]);
  if (done === 1 || done === 10 || done === 100 || done % (steps / 5) === 0) {
    const { numTensors, usedBytes, peakBytes, reservedBytes, blocks } = tf.memory();
    const [used, peak, reserved] = [usedBytes, peakBytes, reservedBytes].map((bytes) => (bytes / 2 ** 20).toFixed(2));
    console.log(
      `step ${String(done).padStart(6)}: ${numTensors} tensors, ${blocks} blocks, ${used} MiB used, ${peak} at the peak, ${reserved} reserved`,
    );
  }
}
console.log(`${steps} steps in ${((performance.now() - started) / 1000).toFixed(0)} s`);
