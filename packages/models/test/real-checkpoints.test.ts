import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { registerSimdBackend } from '@cnn/backend-simd';
import type { Module } from '@cnn/core';
import { resize, SampleRandom } from '@cnn/datasets';
import {
  argMax,
  logSoftmax,
  setBackend,
  type Tensor,
  tensor1d,
  tensor4d,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import LeNet2050 from '../../../examples/pytorch-checkpoints/lenet-20-50.ts';
import LeNet532x32 from '../../../examples/pytorch-checkpoints/lenet5-32x32.ts';
import { ResNet18 } from '../src/index.ts';
import { readWeightsFile } from '../src/node.ts';

const FOLDER = process.env.CNN_DATA_DIR;
const MEAN = 0.1307;
const STD = 0.3081;

/** PyTorch's logits in float64 for the image of a formula. */
const REFERENCE: Readonly<Record<'resnet18_ktb_small' | 'lenet-20-50', number[]>> = JSON.parse(
  readFileSync(new URL('./fixtures/reference-logits.json', import.meta.url), 'utf8'),
);

function dataFile(path: string): string {
  const file = `${FOLDER}/${path}`;
  if (!existsSync(file)) throw new Error(`CNN_DATA_DIR is set and ${file} is missing`);
  return file;
}

function readGzip(path: string): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(dataFile(path))));
}

beforeAll(async () => {
  registerSimdBackend();
  await setBackend('simd');
});

describe.skipIf(!FOLDER)("strangers' checkpoints (skipped unless CNN_DATA_DIR names the data)", () => {
  it.each([
    ['lenet-20-50', () => new LeNet2050(), 28, 9931],
    ['lenet5-32x32', () => new LeNet532x32(), 32, 9905],
  ] as const)('%s reaches its accuracy on all test images of MNIST', async (name, build, side, correct) => {
    const model = build();
    model.loadStateDict(await readWeightsFile(dataFile(`pytorch-checkpoints/${name}/mnist_cnn.pt`)));
    expect(countCorrect(model, side)).toBe(correct);
    model.dispose();
  });

  it("lenet-20-50 gives PyTorch's log-probabilities for the formula image", async () => {
    const model = new LeNet2050();
    model.loadStateDict(await readWeightsFile(dataFile('pytorch-checkpoints/lenet-20-50/mnist_cnn.pt')));
    const expected = tidy(() => logSoftmax(tensor1d(REFERENCE['lenet-20-50']))).dataSync();
    const received = tidy(() => model.forward(formulaImage(1, 28))).dataSync();
    for (const [i, value] of received.entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 4);
    model.dispose();
  });

  it('the ResNet18 gives the logits of PyTorch for the formula image', async () => {
    const model = new ResNet18();
    const state = await readWeightsFile(dataFile('resnet18-imagenet/resnet18_ktb_small_dense.safetensors.gz'));
    model.loadStateDict(state);
    const expected = REFERENCE.resnet18_ktb_small;
    const logits = await tidy(() => model.forward(formulaImage(3, 224))).data();
    const worst = Math.max(...expected.map((value, i) => Math.abs(value - (logits[i] ?? Number.NaN))));
    expect(worst).toBeLessThan(1e-3);
    model.dispose();
  });
});

/** One image in NHWC whose value at the flat index i of CHW is ((i·1103515245 + 12345) mod 65536) / 65536 · 4 − 2. */
function formulaImage(c: number, side: number): Tensor {
  const word = (i: number) => ((i % 65536) * (1103515245 % 65536) + 12345) % 65536;
  const pixels = Float32Array.from({ length: c * side * side }, (_, i) => (word(i) / 65536) * 4 - 2);
  return transpose(tensor4d(pixels, [1, c, side, side]), [0, 2, 3, 1]);
}

function countCorrect(model: Module, side: number): number {
  const images = readGzip('mnist/t10k-images-idx3-ubyte.gz').subarray(16);
  const labels = readGzip('mnist/t10k-labels-idx1-ubyte.gz').subarray(8);
  // Bytes, as Pillow resizes them: its rounding decides one of the 10,000.
  const toSide = resize({ size: [side, side] });
  const random = new SampleRandom(0);
  const batch = 1000;
  let correct = 0;
  for (let start = 0; start < labels.length; start += batch) {
    const pixels = new Float32Array(batch * side * side);
    for (let i = 0; i < batch; i++) {
      const image = { pixels: images.subarray((start + i) * 784, (start + i + 1) * 784), shape: [28, 28, 1] as const };
      const resized = toSide.apply(image, random).pixels;
      pixels.set(
        Float32Array.from(resized, (byte) => (byte / 255 - MEAN) / STD),
        i * side * side,
      );
    }
    const predicted = tidy(() => argMax(model.forward(tensor4d(pixels, [batch, side, side, 1])), 1).dataSync());
    for (const [i, label] of predicted.entries()) if (label === labels[start + i]) correct++;
  }
  return correct;
}
