import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { type Exchange, type RecordedServer, recordedServer } from '../../test/recorded-server.ts';
import { shuffledPoints } from '../../test/shuffled-points.ts';
import { tinyFit } from '../../test/tiny-fit.ts';
import { Points } from '../conformance/tiny-task.ts';
import type { FitOptions } from '../fit/fit-options.ts';
import type { Outcome } from '../run/outcome.ts';
import { memoryStore } from '../store/memory-store.ts';
import { checkpoint } from './checkpoint.ts';
import { mlflow } from './mlflow.ts';

const fixture = new URL('../../test/fixtures/mlflow-exchange.json', import.meta.url);
/** The address of a real server (PyPI: mlflow) to record the fixture anew from. */
const recordFrom = process.env.MLFLOW_RECORD_FROM;
const recorded: Exchange[] = recordFrom ? [] : JSON.parse(await readFile(fixture, 'utf8'));

let server: RecordedServer | undefined;
afterEach(() => server?.close());

const run = (uri: string, options: Partial<FitOptions> = {}): Promise<Outcome> =>
  tinyFit({
    ...shuffledPoints(),
    validation: new Points({ shuffle: false }),
    test: new Points({ shuffle: false }),
    epochs: 2,
    logEverySteps: 5,
    ...options,
    callbacks: [
      ...(options.callbacks ?? []),
      mlflow({ trackingUri: uri, experiment: 'tiny task', runName: 'first', params: { lr: 0.02, shuffle: true } }),
    ],
  });

test('a run, its interruption and its resume are logged as a real server took them', async () => {
  server = await recordedServer(recorded, recordFrom);
  const store = memoryStore();
  const abort = new AbortController();
  const aborter = {
    name: 'aborter',
    onEpochEnd: () => abort.abort(),
  };
  const first = await run(server.uri, { store, signal: abort.signal, callbacks: [checkpoint(), aborter] });
  expect(first).toMatchObject({ status: 'interrupted', errors: [] });
  const second = await run(server.uri, { store, resume: true, callbacks: [checkpoint()] });
  expect(second).toMatchObject({ status: 'completed', errors: [], notices: [] });

  if (recordFrom) await writeFile(fixture, `${JSON.stringify(server.seen, null, 1)}\n`);
  else expect(server.seen).toEqual(recorded);
  expect(server.seen.map(({ request, status }) => `${status} ${request.replace('/api/2.0/mlflow/', '')}`)).toEqual([
    '404 GET experiments/get-by-name?experiment_name=tiny%20task',
    '200 POST experiments/create',
    '200 POST runs/create',
    '200 POST runs/log-batch',
    '200 POST runs/log-batch',
    '200 POST runs/update',
    '200 POST runs/update',
    '200 POST runs/log-batch',
    '200 POST runs/log-batch',
    '200 POST runs/update',
  ]);
});

test('a server that cannot be reached fails the run before it begins', async () => {
  const outcome = await run('http://127.0.0.1:1');
  expect(outcome).toMatchObject({ status: 'failed', steps: 0 });
  expect(outcome.reason).toMatch(/^http:\/\/127\.0\.0\.1:1\/api.*: expected an MLflow server's answer, received/);
});

test('a server that goes away during the run does not end it, and what was lost is said', async () => {
  const begun = recorded.slice(0, 4);
  server = await recordedServer(begun);
  const outcome = await run(server.uri);
  expect(outcome.status).toBe('completed');
  expect(outcome.notices.at(-1)).toMatch(/^mlflow: 13 values were not sent\. .*status 500: not recorded/);
});
