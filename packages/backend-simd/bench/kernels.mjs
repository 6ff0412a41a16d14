// GFLOP/s of each kernel in the shapes of notebook 002's training step (batch 64), beside the multiply-add peak.
// Usage: node bench/kernels.mjs [--threads 1] [--level auto] [--only conv2] [--runs 40] [--json]
// Needs the build. GFLOP/s count the operations of the plain algorithm, so that Winograd's may pass the peak; those of
// sparse gradients count the winners only.
import { parseArgs } from 'node:util';
import { registerSimdBackend } from '@cnn/backend-simd';
import * as tf from '@tensorflow/tfjs-core';
import { multiplyAddPeak } from './multiply-add-peak.mjs';

const { values: options } = parseArgs({
  options: {
    threads: { type: 'string', default: '1' },
    level: { type: 'string', default: 'auto' },
    only: { type: 'string', default: '' },
    runs: { type: 'string', default: '40' },
    json: { type: 'boolean', default: false },
  },
});

registerSimdBackend({ threads: Number(options.threads), featureLevel: options.level });
await tf.setBackend('simd');
const backend = tf.backend();

const BATCH = 64;
const random = (shape) => tf.randomUniform(shape, -1, 1);
const run = (name, inputs, attrs = {}) => tf.engine().runKernel(name, inputs, attrs);
/** Computes a tensor that was put off, and disposes it. */
const settle = (tensor) => {
  backend.pointer(tensor);
  tensor.dispose();
};

const conv = { strides: 1, pad: 1, dataFormat: 'NHWC', dilations: 1, activation: 'linear' };
const pool = { filterSize: 2, strides: 2, pad: 'valid', dimRoundingMode: 'floor' };

/** A convolution block, its inputs, and a gradient of its pooled output of which a part is not zero. */
function block(side, inChannels, outChannels) {
  const x = random([BATCH, side, side, inChannels]);
  const filter = random([3, 3, inChannels, outChannels]);
  const bias = random([outChannels]);
  const dense = random([BATCH, side, side, outChannels]);
  const forward = () => {
    const map = run('FusedConv2D', { x, filter, bias }, conv);
    const relu = tf.relu(map);
    return [relu, run('MaxPool', { x: relu }, pool)];
  };
  const [relu, pooled] = tf.tidy(forward);
  const sparse = tf.tidy(() => {
    const dy = random([BATCH, side / 2, side / 2, outChannels]);
    const kept = tf.mul(dy, tf.cast(tf.greater(random(dy.shape), -0.4), 'float32'));
    return run('ReluGrad', { dy: run('MaxPoolGrad', { dy: kept, input: relu, output: pooled }, pool), y: relu });
  });
  // Reading the pooled gradient leaves the sparse one as it is.
  const active = backend.memoryPool
    .floats(backend.record(sparse).deferred.dy.pointer, pooled.size)
    .reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
  const multiplyAdds = BATCH * side * side * 9 * inChannels * outChannels;
  const filterShape = filter.shape;
  return {
    multiplyAdds,
    sparseMultiplyAdds: active * 9 * inChannels,
    pooled: () => tf.dispose(tf.tidy(forward)),
    plain: () => settle(run('Conv2D', { x, filter }, conv)),
    filterGradient: () => settle(run('Conv2DBackpropFilter', { x, dy: dense }, { ...conv, filterShape })),
    inputGradient: () => settle(run('Conv2DBackpropInput', { dy: dense, filter }, { ...conv, inputShape: x.shape })),
    sparseFilterGradient: () => settle(run('Conv2DBackpropFilter', { x, dy: sparse }, { ...conv, filterShape })),
    sparseInputGradient: () =>
      settle(run('Conv2DBackpropInput', { dy: sparse, filter }, { ...conv, inputShape: x.shape })),
  };
}

const first = block(28, 1, 32);
const second = block(14, 32, 64);
const [features, weights, upstream] = [random([BATCH, 3136]), random([128, 3136]), random([BATCH, 128])];
const parameters = [[421_642 - 128 * 3136], [128 * 3136]].map((shape) =>
  Array.from({ length: 4 }, () => tf.abs(random(shape))),
);
const adam = {
  parameters: parameters.map(([parameter]) => parameter),
  gradients: parameters.map(([, gradient]) => gradient),
  firstMoments: parameters.map(([, , moment]) => moment),
  secondMoments: parameters.map(([, , , moment]) => moment),
  ...{
    learningRate: 1e-3,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    weightDecay: 0,
    decoupledWeightDecay: false,
    step: 9,
  },
};
const LINEAR = BATCH * 3136 * 128;

/** name: [function, multiply-adds] */
const kernels = {
  'conv1 + bias + ReLU + pool': [first.pooled, first.multiplyAdds],
  'conv2 + bias + ReLU + pool': [second.pooled, second.multiplyAdds],
  conv2: [second.plain, second.multiplyAdds],
  'conv2 input gradient, dense': [second.inputGradient, second.multiplyAdds],
  'conv2 filter gradient, dense': [second.filterGradient, second.multiplyAdds],
  'conv2 input gradient, winners': [second.sparseInputGradient, second.sparseMultiplyAdds],
  'conv2 filter gradient, winners': [second.sparseFilterGradient, second.sparseMultiplyAdds],
  'conv1 filter gradient, winners': [first.sparseFilterGradient, first.sparseMultiplyAdds],
  'linear, forward': [() => tf.matMul(features, weights, false, true).dispose(), LINEAR],
  'linear, input gradient': [() => tf.matMul(upstream, weights).dispose(), LINEAR],
  'linear, weight gradient': [() => tf.matMul(upstream, features, true, false).dispose(), LINEAR],
  'Adam, 421,642 parameters': [
    () => tf.getKernel('AdamUpdate', 'simd').kernelFunc({ inputs: {}, attrs: adam, backend }),
    421_642 * 6,
  ],
};

const peak = await multiplyAddPeak(backend.featureLevel);
const results = [];
for (const [name, [kernel, multiplyAdds]] of Object.entries(kernels)) {
  if (!name.includes(options.only)) continue;
  for (let i = 0; i < 20; i++) {
    kernel();
    // Lets the engine's compiler and the workers come up.
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const times = Array.from({ length: Number(options.runs) }, () => {
    const start = performance.now();
    kernel();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const median = times[times.length >> 1];
  const gflops = (2 * multiplyAdds) / times[0] / 1e6;
  results.push({ kernel: name, minMs: times[0], medianMs: median, gflops, ofPeak: gflops / (peak * backend.threads) });
}

const environment = {
  level: backend.featureLevel,
  threads: backend.threads,
  peakGflopsPerThread: peak,
  node: process.version,
};
if (options.json) {
  console.log(JSON.stringify({ ...environment, kernels: results }, null, 2));
} else {
  console.log(
    `${environment.level}, ${environment.threads} threads, Node ${environment.node}; peak ${peak.toFixed(1)} GFLOP/s a thread\n`,
  );
  console.log(
    `${'kernel'.padEnd(32)} ${'min ms'.padStart(8)} ${'median'.padStart(8)} ${'GFLOP/s'.padStart(8)} of peak`,
  );
  for (const { kernel, minMs, medianMs, gflops, ofPeak } of results) {
    const numbers = [minMs.toFixed(2), medianMs.toFixed(2), gflops.toFixed(1)]
      .map((text) => text.padStart(8))
      .join(' ');
    console.log(`${kernel.padEnd(32)} ${numbers} ${`${(100 * ofPeak).toFixed(0)} %`.padStart(7)}`);
  }
}
backend.dispose();
