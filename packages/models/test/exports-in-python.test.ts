import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { registerSimdBackend } from '@cnn/backend-simd';
import { type Batch, Generator } from '@cnn/core';
import { DataLoader, syntheticDigits, toFloat } from '@cnn/datasets';
import { Adam, fit } from '@cnn/trainer';
import { setBackend, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createModel, exportOnnx, exportSafetensors, type Preprocessing, readPreprocessing } from '../src/index.ts';

const PYTHON = process.env.CNN_PYTHON;
const SCRIPT = fileURLToPath(new URL('../../../scripts/checks/open_exports.py', import.meta.url));

describe.skipIf(!PYTHON)(
  'a trained model (skipped unless CNN_PYTHON names a Python with torch and onnxruntime)',
  () => {
    it('gives the same logits in PyTorch and in onnxruntime, and tells both its preprocessing', async () => {
      registerSimdBackend();
      await setBackend('simd');
      const model = createModel('two-block-cnn', { generator: new Generator(0) });
      const digits = syntheticDigits({ count: 640 });
      const optimizer = new Adam(model.parameters(), { lr: 1e-3 });
      await fit({ model, data: new DataLoader(digits, { batchSize: 64, transforms: [toFloat()] }), optimizer });
      const batches = new DataLoader(syntheticDigits({ count: 20, split: 'test' }), {
        batchSize: 20,
        transforms: [toFloat()],
      });
      const { value: batch }: IteratorResult<Batch> = await batches[Symbol.asyncIterator]().next();

      const preprocessing: Preprocessing = {
        inputShape: [1, 28, 28],
        mean: [0],
        std: [1],
        classNames: digits.classNames,
      };
      const folder = mkdtempSync(join(tmpdir(), 'cnn-exports-'));
      try {
        const { inputShape } = preprocessing;
        writeFileSync(join(folder, 'weights.safetensors'), await exportSafetensors(model, { preprocessing }));
        writeFileSync(join(folder, 'model.onnx'), await exportOnnx(model, { inputShape, preprocessing }));
        writeFileSync(join(folder, 'images.f32'), batch.inputs.data);
        const answer = JSON.parse(execFileSync(PYTHON ?? '', [SCRIPT, folder], { encoding: 'utf8' }));
        const own = tidy(() => model.forward(tensor4d(batch.inputs.data, [20, 28, 28, 1])).dataSync());
        for (const [i, value] of own.entries()) {
          expect(Math.abs(answer.torch[i] - value), `torch[${i}]`).toBeLessThan(1e-5);
          expect(Math.abs(answer.onnx[i] - value), `onnx[${i}]`).toBeLessThan(1e-5);
        }
        for (const metadata of answer.metadata) expect(readPreprocessing(metadata)).toEqual(preprocessing);
      } finally {
        rmSync(folder, { recursive: true });
        optimizer.dispose();
        model.dispose();
      }
    });
  },
);
