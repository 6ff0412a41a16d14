import type { Batch, Metric } from '@cnn/core';
import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { Points, tinyNet } from '../conformance/tiny-task.ts';
import { crossEntropyLoss } from '../losses/cross-entropy-loss.ts';
import { argmax } from '../run/hit-count.ts';
import { evaluate } from './evaluate.ts';
import { predict } from './predict.ts';

/** What metrics are told of each batch. */
function witness(): Metric<{ sizes: number[]; hits: number }> & { resets: number } {
  let sizes: number[] = [];
  let hits = 0;
  return {
    name: 'witness',
    resets: 0,
    reset() {
      this.resets++;
      sizes = [];
      hits = 0;
    },
    update({ logits, labels, classCount, size }) {
      sizes.push(size);
      labels.forEach((label, row) => {
        if (argmax(logits, row * classCount, classCount) === label) hits++;
      });
    },
    compute: () => ({ sizes, hits }),
  };
}

test('the loss is the mean over samples, whatever the batches', async () => {
  const model = tinyNet();
  const [one, many] = [new Points({ shuffle: false, batchSize: 40 }), new Points({ shuffle: false, batchSize: 7 })];
  const whole = await evaluate(model, one);
  const parts = await evaluate(model, many);
  expect(parts.measures.loss).toBeCloseTo(whole.measures.loss, 6);
  expect(parts.samples).toBe(40);
});

test('the loss is the mean over samples, whatever its reduction', async () => {
  const model = tinyNet();
  const points = new Points({ shuffle: false, batchSize: 7 });
  const { measures: expected } = await evaluate(model, points);
  for (const reduction of ['sum', 'none'] as const) {
    const { measures } = await evaluate(model, points, { loss: crossEntropyLoss({ reduction }) });
    expect(measures.loss).toBeCloseTo(expected.loss!, 6);
  }
});

test('metrics see every batch, and those that are no number are kept apart', async () => {
  const metric = witness();
  const count: Metric = { name: 'count', reset() {}, update() {}, compute: () => 3 };
  const { measures, results } = await evaluate(tinyNet(), new Points({ batchSize: 16 }), { metrics: [metric, count] });
  expect(Object.keys(measures)).toEqual(['loss', 'count']);
  expect(results).toMatchObject({ witness: { sizes: [16, 16, 8] } });
  expect(metric.resets).toBe(1);
});

test('a model in evaluation drops nothing and is left as it was', async () => {
  const model = tinyNet({ dropout: 0.5 });
  const before = await model.stateDict();
  const points = new Points({ shuffle: false });
  const first = await evaluate(model, points);
  expect((await evaluate(model, points)).measures).toEqual(first.measures);
  expect(await model.stateDict()).toEqual(before);
});

test('no batch, an aborted signal and a metric that throws are reported, and leave no tensor', async () => {
  const model = tinyNet();
  const before = memory().numTensors;
  await expect(evaluate(model, new Points({ count: 0 }))).rejects.toThrow(
    'evaluate: expected at least one batch, received none',
  );
  await expect(evaluate(model, new Points(), { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'aborted',
  });
  const broken: Metric = {
    ...witness(),
    compute: () => 0,
    update() {
      throw new Error('broken');
    },
  };
  await expect(evaluate(model, new Points(), { metrics: [broken] })).rejects.toThrow('broken');
  expect(memory().numTensors).toBe(before);
});

test('targets may be class probabilities', async () => {
  const shares: Batch[] = [];
  for await (const batch of new Points({ shuffle: false })) {
    const data = new Float32Array(batch.size * 4);
    batch.targets.data.forEach((label, row) => {
      data[row * 4 + label] = 1;
    });
    shares.push({ ...batch, targets: { data, shape: [batch.size, 4] } });
  }
  const model = tinyNet();
  const metrics = [witness()];
  const byIndex = await evaluate(model, new Points({ shuffle: false }), { metrics });
  const { hits } = byIndex.results.witness as { hits: number };
  const source = {
    async *[Symbol.asyncIterator]() {
      yield* shares;
    },
  };
  const byShare = await evaluate(model, source, { metrics, loss: crossEntropyLoss() });
  expect(byShare.measures.loss).toBeCloseTo(byIndex.measures.loss, 6);
  expect(byShare.results.witness).toMatchObject({ hits });
});

test('predictions are probabilities, batch by batch, of data of any length', async () => {
  const model = tinyNet();
  const before = memory().numTensors;
  const sizes: number[] = [];
  for await (const { probabilities, logits, classCount, batch } of predict(model, new Points({ batchSize: 16 }))) {
    sizes.push(batch.size);
    expect(logits).toHaveLength(batch.size * classCount);
    const sum = probabilities.slice(0, 4).reduce((total, share) => total + share);
    expect(sum).toBeCloseTo(1, 6);
    if (sizes.length === 2) break;
  }
  expect(sizes).toEqual([16, 16]);
  expect(memory().numTensors).toBe(before);
});
