import { existsSync } from 'node:fs';
import { simdBackend } from '@cnn/backend-simd';
import { Generator, selectBackend, webgpuBackend } from '@cnn/core';
import { tensor4d, tidy } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { createModel } from '../src/index.ts';

/** A Vulkan driver in software, as Debian's chromium ships it. */
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';
if (existsSync(SWIFTSHADER)) process.env.VK_ICD_FILENAMES ??= SWIFTSHADER;

const refusal = await selectBackend('webgpu', [webgpuBackend()]).then(
  () => undefined,
  (error: Error) => error.message,
);
if (refusal !== undefined && !refusal.includes('expected a graphics device')) throw new Error(refusal);

/** Logits of one small image on the backend in use. */
async function logits(): Promise<Float32Array> {
  const model = createModel('resnet18', { generator: new Generator(0), classes: 20 });
  const pixels = new Generator(1).uniform(32 * 32 * 3, -1, 1);
  const result = tidy(() => model.forward(tensor4d(pixels, [1, 32, 32, 3])));
  const values = Float32Array.from(await result.data());
  result.dispose();
  model.dispose();
  return values;
}

test.skipIf(refusal !== undefined)(`ResNet18 gives the same logits on webgpu and simd ${refusal ?? ''}`, async () => {
  const onWebgpu = await logits();
  await selectBackend('simd', [simdBackend()]);
  const onSimd = await logits();
  for (const [i, value] of onSimd.entries()) expect(Math.abs((onWebgpu[i] ?? Number.NaN) - value)).toBeLessThan(1e-3);
});
