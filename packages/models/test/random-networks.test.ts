import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { simdBackend } from '@cnn/backend-simd';
import { Generator, type Sequential, selectBackend, withGenerator } from '@cnn/core';
import { Adam, AdamW, crossEntropyLoss, type Optimizer, RmsProp, Sgd, valueAndGradients } from '@cnn/trainer';
import { type Scalar, type Tensor4D, tensor1d, tensor4d, tidy, transpose } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LayerSpec, sequential } from '../src/index.ts';

interface RandomNetwork {
  readonly seed: number;
  readonly input: readonly [channels: number, height: number, width: number];
  readonly batchSize: number;
  readonly layers: readonly LayerSpec[];
  readonly optimizer: { readonly name: keyof typeof OPTIMIZERS };
  readonly loss: { readonly labelSmoothing?: number; readonly weight?: readonly number[] };
  readonly state: string;
  readonly losses: readonly number[];
  readonly logits: readonly number[];
}

/** Optimizers by the name that configs use. */
const OPTIMIZERS = { sgd: Sgd, adam: Adam, adamw: AdamW, rmsprop: RmsProp };
const CLASSES = 10;
/** Batch that the trained network is evaluated on. */
const UNSEEN = 9;
/** Rounding of float32, after 6 steps of training. */
const TOLERANCE = 2e-5;

/** See scripts/fixtures/random_networks.py. */
const networks = JSON.parse(
  readFileSync(new URL('fixtures/random-networks.json', import.meta.url), 'utf8'),
) as readonly RandomNetwork[];

beforeAll(async () => {
  await selectBackend('simd', [simdBackend()], { threads: 1 });
});

describe.each(networks)('a network drawn from seed $seed', (network) => {
  it('starts from the parameters of PyTorch, bit for bit, and trains as in PyTorch', async () => {
    const generator = new Generator(network.seed);
    const model = withGenerator(generator, () => sequential(network));
    expect(await stateHash(model)).toBe(network.state);

    const optimizer = optimizerOf(network, model);
    const losses = network.losses.map((_, t) => trainStep(network, { model, optimizer, generator, t }));
    expect(deviation(losses, network.losses)).toBeLessThan(TOLERANCE);
    const logits = tidy(() => model.forward(batch(network, UNSEEN).images).dataSync().slice(0, CLASSES));
    expect(deviation(logits, network.logits)).toBeLessThan(10 * TOLERANCE);
    optimizer.dispose();
    model.dispose();
  });
});

/** sha256 of the float32 entries, one after the other. */
async function stateHash(model: Sequential): Promise<string> {
  const hash = createHash('sha256');
  for (const { data } of (await model.stateDict()).values()) if (data instanceof Float32Array) hash.update(data);
  return hash.digest('hex');
}

function optimizerOf({ optimizer: { name, ...options } }: RandomNetwork, model: Sequential): Optimizer {
  return new OPTIMIZERS[name](model.parameters(), options);
}

function trainStep(
  network: RandomNetwork,
  run: { model: Sequential; optimizer: Optimizer; generator: Generator; t: number },
): number {
  const { model, optimizer, generator, t } = run;
  const loss = crossEntropyLoss(network.loss);
  return tidy(() => {
    const { images, labels } = batch(network, t);
    const { value, gradients } = valueAndGradients(
      () => loss(model.forward(images, { training: true, generator }), tensor1d(labels, 'int32')) as Scalar,
      model.parameters(),
    );
    optimizer.apply(gradients);
    return value.dataSync()[0]!;
  });
}

/** The formula's pixels, counted in PyTorch's order. */
function batch({ batchSize, input }: RandomNetwork, t: number): { images: Tensor4D; labels: Int32Array } {
  const size = batchSize * input.reduce((a, b) => a * b, 1);
  const pixels = Float32Array.from({ length: size }, (_, k) => (((7919 * k + 104729 * t) % 1009) / 1009) * 2 - 1);
  return {
    images: transpose(tensor4d(pixels, [batchSize, ...input]), [0, 2, 3, 1]),
    labels: Int32Array.from({ length: batchSize }, (_, i) => (3 * i + t) % CLASSES),
  };
}

/** Largest difference, relative where the values are above 1. */
function deviation(found: ArrayLike<number>, expected: readonly number[]): number {
  return Math.max(...expected.map((value, i) => Math.abs(found[i]! - value) / Math.max(1, Math.abs(value))));
}
