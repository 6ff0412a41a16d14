// jax-js (WebAssembly, one thread), as one rival of the benchmark: the notebooks' networks, Adam, jitted.
import { defaultDevice, init, jit, lax, nn, numpy as np, random, tree, valueAndGrad } from '@jax-js/jax';
import { serveRival } from './serve-rival.mjs';

const ADAM = { rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const NETWORKS = {
  'simple-cnn-64': { widths: [32, 64], hidden: 64, padding: 1 },
  'simple-cnn-128': { widths: [32, 64], hidden: 128, padding: 1 },
  'two-block-cnn': { widths: [32, 64], hidden: 128, padding: 1 },
  'tiny-cnn': { widths: [16], hidden: 0, padding: 0 },
  'basic-cnn': { widths: [16, 32], hidden: 128, padding: 1 },
};

function parametersOf({ widths, hidden, padding }) {
  const shapes = [];
  let channels = 1;
  let side = 28;
  for (const width of widths) {
    shapes.push([width, channels, 3, 3], [width]);
    side = Math.floor((side + 2 * padding - 2) / 2);
    channels = width;
  }
  const sizes = [channels * side * side, ...(hidden > 0 ? [hidden] : []), 10];
  for (let i = 1; i < sizes.length; i++) shapes.push([sizes[i - 1], sizes[i]], [sizes[i]]);
  return shapes.map((shape, i) => {
    const fanIn = shape.length === 4 ? shape[1] * 9 : shape.length === 2 ? shape[0] : 1;
    return shape.length === 1 ? np.zeros(shape) : random.normal(random.key(i), shape).mul(0.5 / Math.sqrt(fanIn));
  });
}

function forward({ widths, hidden, padding }, parameters, images) {
  let x = images;
  let at = 0;
  for (const width of widths) {
    x = lax.conv(
      x,
      parameters[at],
      [1, 1],
      [
        [padding, padding],
        [padding, padding],
      ],
    );
    x = nn.relu(x.add(parameters[at + 1].reshape([1, width, 1, 1])));
    const [batch, , height, columns] = x.shape;
    x = np.max(x.reshape([batch, width, height / 2, 2, columns / 2, 2]), [3, 5]);
    at += 2;
  }
  x = x.reshape([x.shape[0], -1]);
  if (hidden > 0) {
    x = nn.relu(np.matmul(x, parameters[at]).add(parameters[at + 1]));
    at += 2;
  }
  return np.matmul(x, parameters[at]).add(parameters[at + 1]);
}

let network;
let step;
let inference;
let parameters;
let moments;
let images;
let labels;

await serveRival({
  async setup({ network: name, batchSize }) {
    network = NETWORKS[name];
    if (!network) return { unsupported: `jax-js has no batch norm or residual network here: ${name}` };
    await init('wasm');
    defaultDevice('wasm');
    parameters = parametersOf(network);
    moments = [0, 1].map(() => parameters.map((p) => np.zeros(p.shape)));
    images = random.uniform(random.key(7), [batchSize, 1, 28, 28]);
    labels = np.eye(10).slice(np.arange(batchSize).mod?.(10) ?? np.remainder(np.arange(batchSize), 10));
    const loss = (p, x, y) =>
      nn
        .logSoftmax(forward(network, p, x))
        .mul(y)
        .sum()
        .mul(-1 / batchSize);
    step = jit((p, m, v, x, y) => {
      const [value, gradients] = valueAndGrad(loss)(tree.ref(p), x, y);
      const nextM = m.map((mi, i) => mi.mul(ADAM.beta1).add(gradients[i].ref.mul(1 - ADAM.beta1)));
      const nextV = v.map((vi, i) => vi.mul(ADAM.beta2).add(gradients[i].ref.mul(gradients[i]).mul(1 - ADAM.beta2)));
      const next = p.map((pi, i) => pi.sub(nextM[i].ref.mul(ADAM.rate).div(np.sqrt(nextV[i].ref).add(ADAM.epsilon))));
      return [value, next, nextM, nextV];
    });
    inference = jit((p, x) => forward(network, p, x));
    return { version: '0.1.25', threads: 1 };
  },
  async train() {
    const [value, next, m, v] = step(parameters, ...moments, images.ref, labels.ref);
    parameters = next;
    moments = [m, v];
    await value.data();
  },
  async infer() {
    await inference(tree.ref(parameters), images.ref).data();
  },
});
