import { readSafetensors } from '@cnn/core';
import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { tinyFit } from '../../test/tiny-fit.ts';
import { type Callback, nanGuard, profiler, type StepInspection, tensorStatistics } from '../index.ts';

test('statistics count what is no number and describe the rest', () => {
  expect(tensorStatistics([3, 0, -4, 0, Number.NaN, Number.POSITIVE_INFINITY])).toEqual({
    size: 6,
    min: -4,
    max: 3,
    mean: -0.25,
    std: Math.sqrt(25 / 4 - 0.0625),
    norm: 5,
    zeros: 2,
    nonFinite: 2,
  });
});

test('a step can be looked into on demand: layers, gradients, norms', async () => {
  const seen: (StepInspection | null)[] = [];
  const inspector: Callback = {
    name: 'inspector',
    onStepEnd(run) {
      seen.push(run.inspection);
      if (run.state.step === 2) run.requestInspection();
    },
  };
  await tinyFit({ callbacks: [inspector] });
  const before = memory().numTensors;
  await tinyFit({ callbacks: [inspector], accumulate: 2, epochs: 2, gradientClip: 0.001 });
  expect(memory().numTensors - before).toBe(12); // the second network and its optimizer's moments
  const [plain, accumulated] = seen.filter((inspection) => inspection !== null);
  for (const { layers, gradients, gradientNorm } of [plain!, accumulated!]) {
    expect(layers.map(({ path, kind }) => `${path} ${kind}`)).toEqual(['fc1 Linear', 'fc2 Linear']);
    expect(layers[0]!.output).toMatchObject({ size: 64, nonFinite: 0 });
    expect(Object.keys(gradients)).toEqual(['fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias']);
    expect(gradientNorm).toBeGreaterThan(0.01); // before it was clipped
  }
  expect(plain!.step).toBe(3);
});

test('the guard that looks into every step names the layer and dumps the batch', async () => {
  let dump = new Uint8Array();
  const poison: Callback = {
    name: 'poison',
    onStepEnd({ model, state }) {
      const value = { dtype: 'float32', shape: [8], data: new Float32Array(8).fill(Number.POSITIVE_INFINITY) } as const;
      if (state.step === 2) model.loadStateDict(new Map([['fc1.bias', value]]), { strict: false });
    },
  };
  const guard = nanGuard({
    everyStep: true,
    save(bytes) {
      dump = bytes as Uint8Array<ArrayBuffer>;
    },
  });
  const outcome = await tinyFit({ callbacks: [poison, guard] });
  expect(outcome.reason).toMatch(
    /^output of fc1 \(Linear\) at step 3: expected finite numbers, received 64 of 64 that are NaN or infinite\. /,
  );
  const { tensors, metadata } = readSafetensors(dump);
  expect(tensors.get('inputs.0')!.shape).toEqual([8, 2]);
  expect(tensors.get('indices.0')!.data).toHaveLength(8);
  const found = JSON.parse(metadata['cnn.nan']!);
  expect(found).toMatchObject({ step: 3, epoch: 1, parameters: { 'fc2.weight': { size: 32 } } });
  expect(found.inspection.layers[0].output.nonFinite).toBe(64);
});

test('the profiler accounts for the time of a run', async () => {
  const profile = profiler();
  const outcome = await tinyFit({ epochs: 4, watch: profile });
  const total = Object.values(profile.seconds).reduce((sum, seconds) => sum + seconds);
  expect(profile.batches).toBe(20);
  expect(total).toBeLessThanOrEqual(outcome.seconds);
  expect(total).toBeGreaterThan(0.6 * outcome.seconds);
  for (const phase of ['data', 'forward', 'backward', 'optimizer', 'metrics'] as const) {
    expect(profile.seconds[phase]).toBeGreaterThan(0);
  }
  const lines = profile.table().split('\n');
  expect(lines[0]).toMatch(/^phase +a batch +share$/);
  expect(lines[2]).toMatch(/^forward +\d+\.\d{3} ms +\d+\.\d %$/);
  expect(lines.at(-1)).toMatch(/^total .* 100\.0 %$/);
});
