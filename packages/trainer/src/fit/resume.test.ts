import { expect, test } from 'vitest';
import { killedAtStep, runInSession, type SessionFiles } from '../../test/run-in-session.ts';
import type { Callback } from '../callbacks/callback.ts';
import { BEST_CHECKPOINT } from '../callbacks/checkpoint.ts';
import { decodeCheckpoint } from '../checkpoint/checkpoint.ts';
import { LAST_CHECKPOINT } from '../checkpoint/write-checkpoints.ts';
import type { Outcome } from '../run/outcome.ts';
import { memoryStore } from '../store/memory-store.ts';
import { memoryText } from '../text/memory-text.ts';

const newFiles = (): SessionFiles & { jsonFile: { text: string }; csvFile: { text: string } } => ({
  store: memoryStore(),
  jsonFile: memoryText(),
  csvFile: memoryText(),
});

/** All that is to be the same, times aside. */
async function remains(files: ReturnType<typeof newFiles>, outcome: Outcome): Promise<string> {
  const checkpoints: Record<string, object> = {};
  for (const name of await files.store.list()) {
    const { weights, extras, state } = decodeCheckpoint((await files.store.read(name))!);

    checkpoints[name] = { weights: [...weights], extras: [...extras], state: withoutTimes(state) };
  }
  const events = files.jsonFile.text
    .trimEnd()
    .split('\n')
    .map((line) => withoutTimes(JSON.parse(line)));
  const rows = files.csvFile.text.split('\n').map((row) => row.split(',').slice(0, -1));
  return JSON.stringify({ checkpoints, events, rows, outcome: withoutTimes(outcome) }, null, 1);
}

/** The size of a text goes with its times: it depends on how many digits they have. */
function withoutTimes<Value extends object>(value: Value): Value {
  const times = /seconds|StartedAt|imagesPerSecond|sizeBytes/i;
  return JSON.parse(JSON.stringify(value, (key, entry) => (times.test(key) ? undefined : entry)));
}

test('a run that is killed at any step and resumed ends as one that was never stopped, to the byte', async () => {
  const undisturbed = newFiles();
  const { outcome } = await runInSession(undisturbed);
  const expected = await remains(undisturbed, outcome);
  expect(outcome).toMatchObject({ status: 'completed', epochs: 6, steps: 18 });
  expect(await undisturbed.store.list()).toHaveLength(4);

  for (const step of [1, 2, 3, 5, 6, 7, 14, 18]) {
    const files = newFiles();
    const first = await runInSession(files, { callbacks: [killedAtStep(step)] });
    expect(first.outcome.status).toBe('failed');
    const resumed = await runInSession(files, { resume: true });
    expect(await remains(files, resumed.outcome), `killed at step ${step}`).toBe(expected);
  }
});

test('a run is resumed as often as it is killed', async () => {
  const undisturbed = newFiles();
  const expected = await remains(undisturbed, (await runInSession(undisturbed)).outcome);
  const files = newFiles();
  let outcome: Outcome | undefined;
  for (let step = 2; outcome?.status !== 'completed'; step += 2) {
    ({ outcome } = await runInSession(files, { resume: true, callbacks: [killedAtStep(step)] }));
  }
  expect(await remains(files, outcome)).toBe(expected);
});

test('an aborted run saves where it is, and goes on from there', async () => {
  const undisturbed = newFiles();
  const expected = await remains(undisturbed, (await runInSession(undisturbed)).outcome);
  const files = newFiles();
  const abort = new AbortController();
  const aborter: Callback = {
    name: 'aborter',
    onStepEnd: ({ state }) => {
      if (state.step === 8) abort.abort();
    },
  };
  const { outcome } = await runInSession(files, {
    signal: abort.signal,
    callbacks: [aborter],
  });
  expect(outcome).toMatchObject({ status: 'interrupted', steps: 8, test: null });
  const resumed = await runInSession(files, { resume: true });
  expect(await remains(files, resumed.outcome)).toBe(expected);
});

test('a last update of fewer batches than the others is no reason to train an epoch twice', async () => {
  const options = { accumulate: 4, epochs: 3 }; // 6 batches an epoch: an update of 4, then one of 2
  const undisturbed = newFiles();
  const { outcome } = await runInSession(undisturbed, options);
  expect(outcome).toMatchObject({ status: 'completed', steps: 6 });
  const expected = await remains(undisturbed, outcome);
  for (const step of [1, 2, 3, 4, 5, 6]) {
    const killed = newFiles();
    await runInSession(killed, { ...options, callbacks: [killedAtStep(step)] });
    const resumed = await runInSession(killed, { ...options, resume: true });
    expect(await remains(killed, resumed.outcome), `killed at step ${step}`).toBe(expected);

    const aborted = newFiles();
    const abort = new AbortController();
    const aborter: Callback = {
      name: 'aborter',
      onStepEnd: ({ state }) => void (state.step === step && abort.abort()),
    };
    await runInSession(aborted, { ...options, signal: abort.signal, callbacks: [aborter] });
    const further = await runInSession(aborted, { ...options, resume: true });
    expect(await remains(aborted, further.outcome), `aborted at step ${step}`).toBe(expected);
  }
});

test('resume without a checkpoint begins at the beginning', async () => {
  const { outcome } = await runInSession(newFiles(), { resume: true, epochs: 1 });
  expect(outcome).toMatchObject({ status: 'completed', steps: 3 });
});

test('a config that changed is refused, naming each key, unless it may change or is forced', async () => {
  const files = newFiles();
  const config = { optimizer: { lr: 0.1 }, trainer: { epochs: 1 } };
  await runInSession(files, { epochs: 1, config });
  const changed = { optimizer: { lr: 0.2 }, trainer: { epochs: 2 } };
  const refused = await runInSession(files, { epochs: 2, config: changed, resume: { mayChange: ['trainer.epochs'] } });
  expect(refused.outcome.status).toBe('failed');
  expect(refused.outcome.reason).toBe(
    'resume, config: expected the config that the run was started with, received changes in optimizer.lr. ' +
      'Take the changes back, start a new run, or force the resume.',
  );
  const forced = await runInSession(files, { epochs: 2, config: changed, resume: { force: true } });
  expect(forced.outcome).toMatchObject({ status: 'completed', epochs: 2 });
});

test('the best checkpoint holds the averaged weights, by which it was judged best', async () => {
  const files = newFiles();
  const { outcome, model } = await runInSession(files);
  const best = decodeCheckpoint((await files.store.read(BEST_CHECKPOINT))!);
  expect(best.state.run.best).toEqual(outcome.best);
  // Early stopping has put the best weights into the model.
  expect(best.weights).toEqual(await model.stateDict());
  const last = decodeCheckpoint((await files.store.read(LAST_CHECKPOINT))!);
  expect([...last.extras.keys()]).toContain('training/fc1.weight');
});
