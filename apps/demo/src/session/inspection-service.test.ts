import { simdBackend } from '@cnn/backend-simd';
import { type BackendDetails, Generator, selectBackend } from '@cnn/core';
import { DataLoader, syntheticDigits } from '@cnn/datasets';
import { accuracy } from '@cnn/metrics';
import { createModel } from '@cnn/models';
import { Adam, evaluate, trainer } from '@cnn/trainer';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kernelSum } from '../panels/inside/kernel-arithmetic.ts';
import { poolResult } from '../panels/inside/pool-arithmetic.ts';
import type { Maps } from '../panels/inside/window-spec.ts';
import { DEFAULT_CONFIG } from '../state/default-config.ts';
import { BetweenSteps } from './between-steps.ts';
import { EvaluationService } from './evaluation-service.ts';
import { InspectionService } from './inspection-service.ts';
import type { LayerValues } from './look-inside.ts';
import type { OpenRun } from './open-run.ts';
import { RunChanges } from './run-changes.ts';
import { WeightHistory } from './weight-history.ts';

/** A run of `basic-cnn` on a few digits, trained for 12 steps; `between` is called after each. */
async function shortRun(backend: BackendDetails, between?: (run: OpenRun) => Promise<unknown>): Promise<OpenRun> {
  const generator = new Generator(0);
  const model = createModel('basic-cnn', { generator });
  const train = syntheticDigits({ split: 'train', count: 384, seed: 0 });
  const optimizer = new Adam(model.parameters(), { lr: 0.003 });
  const history = new WeightHistory();
  const data = new DataLoader(train, { batchSize: 32, shuffle: true, generator });
  const run = trainer({ model, data, optimizer, epochs: 1, callbacks: [history.callback] });
  const open: OpenRun = {
    id: 1,
    config: DEFAULT_CONFIG,
    backend,
    model,
    train,
    test: syntheticDigits({ split: 'test', count: 130, seed: 0 }),
    classNames: train.classNames,
    sampleShape: [28, 28, 1],
    transforms: [],
    augment: [],
    optimizer,
    trainer: run,
    generator,
    between: new BetweenSteps(),
    history,
    changes: new RunChanges(() => DEFAULT_CONFIG),
    createTwin: () => createModel('basic-cnn', { generator: new Generator(9) }),
  };
  for await (const event of run) if (event.type === 'step') await between?.(open);
  return open;
}

let run: OpenRun;
let open: OpenRun | undefined;
const holder = { current: () => open };
const inspection = new InspectionService(holder);

beforeAll(async () => {
  run = await shortRun(await selectBackend('simd', [simdBackend()]));
  open = run;
});
afterAll(() => {
  run.optimizer.dispose();
  run.model.dispose();
});

const image = { kind: 'test', index: 5 } as const;
const mapsOf = ({ values, shape }: LayerValues): Maps => ({ values, shape: [shape[0]!, shape[1]!, shape[2]!] });

describe('looking into the network of a run', () => {
  test('it is known what there is to see', async () => {
    const card = await inspection.layers();
    expect(card).toMatchObject({ run: 1, testCount: 130, classNames: [...'0123456789'] });
    expect(card?.layers).toHaveLength(10);
  });

  test('the arithmetic of every kernel is what the network computes', async () => {
    const card = await inspection.layers();
    for (const { call, window } of card!.layers) {
      if (!window) continue;
      const { window: slid } = (await inspection.look({ image, maps: [], filters: [], window: call }))!;
      const [input, output] = [mapsOf(slid!.input), mapsOf(slid!.output)];
      const [height, width, channels] = output.shape;
      for (let at = 0; at < output.values.length; at += 37) {
        const [row, column, channel] = [
          Math.floor(at / channels / width),
          Math.floor(at / channels) % width,
          at % channels,
        ];
        expect(row).toBeLessThan(height);
        const { kind } = window;
        const computed =
          kind === 'convolution'
            ? kernelSum({ ...window, weight: slid!.weight!, bias: slid!.bias, outChannels: channels }, input, {
                outputChannel: channel,
                inputChannel: 0,
                row,
                column,
              })
            : poolResult({ ...window, kind }, input, { channel, row, column });
        expect(Math.abs(computed.output - output.values[at]!)).toBeLessThan(1e-5);
      }
    }
  });

  test('the past is shown by the weights of then, and the network itself does not notice', async () => {
    const before = await run.model.stateDict();
    const now = (await inspection.look({ image, maps: [0], filters: [{ call: 0, inputChannel: 0 }] }))!;
    const then = (await inspection.look({ image, maps: [0], filters: [{ call: 0, inputChannel: 0 }], atStep: 0 }))!;
    expect([now.step, then.step]).toEqual([12, 0]);
    expect(now.history.slice(0, 4)).toEqual([0, 1, 2, 3]);
    const initial = createModel('basic-cnn', { generator: new Generator(0) });
    expect(then.filters[0]?.values).toEqual((await initial.stateDict()).get('conv1.weight')?.data);
    expect(now.filters[0]?.values).toEqual(before.get('conv1.weight')?.data);
    expect(then.maps[0]?.values).not.toEqual(now.maps[0]?.values);
    expect(await run.model.stateDict()).toEqual(before);
    initial.dispose();
  });

  test('a drawing is read, with what the decision depends on, and can be looked at', async () => {
    expect(await inspection.look({ image: { kind: 'drawing' }, maps: [0], filters: [] })).toBeNull();
    const pixels = new Uint8Array(4 * 60 * 60).map((_, i) => (i % 4 === 3 ? 255 : 0));
    for (let row = 8; row < 52; row++) pixels.fill(255, 4 * (row * 60 + 27), 4 * (row * 60 + 33));
    const reading = await inspection.read({ pixels, shape: [60, 60, 4] }, { origin: 'drawing', withSaliency: true });
    expect(reading).toMatchObject({
      step: 12,
      note: null,
      picture: { shape: [28, 28, 1] },
      saliency: { shape: [28, 28] },
    });
    expect(reading!.probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    expect(Math.max(...reading!.saliency!.values)).toBeGreaterThan(0);
    const look = await inspection.look({ image: { kind: 'drawing' }, maps: [0], filters: [] });
    expect([look?.truth, look?.probabilities]).toEqual([null, reading!.probabilities]);
  });

  test('training comes to the same weights, to the last bit, whether one looks or not', async () => {
    const watched = await shortRun(run.backend, async (current) => {
      open = current;
      await inspection.look({ image, maps: [0, 3], filters: [{ call: 3, inputChannel: 0 }], window: 3 });
      await inspection.look({ image, maps: [0], filters: [], atStep: 0 });
      await inspection.statistics();
      await new EvaluationService(holder).measure();
    });
    open = run;
    expect(await watched.model.stateDict()).toEqual(await run.model.stateDict());
    watched.optimizer.dispose();
    watched.model.dispose();
  });

  test('nothing stays on the device', async () => {
    await inspection.statistics();
    const { numTensors } = memory();
    await inspection.look({ image, maps: [0, 3, 9], filters: [{ call: 3, inputChannel: 1 }], window: 3 });
    await inspection.statistics();
    expect(memory().numTensors).toBe(numTensors);
  });

  test('a run that was closed meanwhile answers nothing', async () => {
    open = undefined;
    expect(await inspection.layers()).toBeNull();
    open = run;
    const asked = inspection.look({ image, maps: [0], filters: [] });
    open = undefined;
    expect(await asked).toBeNull();
    open = run;
  });
});

describe('measuring the test set', () => {
  const evaluation = new EvaluationService(holder);

  test('slices come to what one evaluation finds, and every image is behind a cell', async () => {
    const report = (await evaluation.measure())!;
    const loader = new DataLoader(run.test, { batchSize: 130 });
    const { measures } = await evaluate(run.model, loader, { metrics: [accuracy()] });
    expect(report).toMatchObject({ step: 12, images: 130 });
    expect(report.accuracy).toBeCloseTo(measures.accuracy!, 10);
    for (const [truth, row] of report.matrix.counts.entries()) {
      for (const [predicted, count] of row.entries()) {
        const cell = (await evaluation.cell(truth, predicted, { limit: 3 }))!;
        expect([cell.all, cell.images.length]).toEqual([count, Math.min(3, count)]);
        for (const { index } of cell.images) expect((await run.test.get(index)).label).toBe(truth);
      }
    }
    const worst = (await evaluation.worst({ limit: 5 }))!;
    expect(worst.all).toBe(Math.round(130 * (1 - report.accuracy)));
    expect(worst.images[0]?.picture.shape).toEqual([28, 28, 1]);
  });

  test('the later of two measurements counts', async () => {
    const [first, second] = await Promise.all([evaluation.measure(), evaluation.measure({ atOnce: true })]);
    expect([first, second?.images]).toEqual([null, 130]);
  });
});
