import { CnnError, type JsonValue } from '@cnn/core';
import type { Outcome, RunStatus } from '../run/outcome.ts';
import type { Run } from '../run/run.ts';
import type { Callback } from './callback.ts';

/** Which server, and what to call the run there. */
export interface MlflowOptions {
  /** For example `http://localhost:5000`. */
  readonly trackingUri: string;
  /** Made where there is none of that name. */
  readonly experiment?: string;
  /** Default: the server makes one up. */
  readonly runName?: string;
  /** Logged once at the start: a flat config. */
  readonly params?: Readonly<Record<string, string | number | boolean>>;
  /** Sent with every request, for example `{ Authorization: 'Bearer ...' }`. */
  readonly headers?: Readonly<Record<string, string>>;
}

type MlflowMetric = { readonly key: string; readonly value: number; readonly timestamp: number; readonly step: number };

/** Largest counts that one `log-batch` takes. */
const METRICS_A_BATCH = 1000;
const PARAMS_A_BATCH = 100;

const STATUSES: Readonly<Record<RunStatus, string>> = {
  completed: 'FINISHED',
  stopped: 'FINISHED',
  failed: 'FAILED',
  interrupted: 'KILLED',
};

/**
 * Logs to an MLflow server over its REST interface: `step/loss` and `step/lr` every `logEverySteps`; `train/...` and
 * `validation/...` after each epoch; `test/...` and the status at the end. A resumed run goes on under its run of before.
 * A server that cannot be reached at the start fails the run; one that goes away later does not: what could not be sent is
 * kept and tried again, and a notice says what was lost.
 *
 * @see https://mlflow.org/docs/latest/rest-api.html
 */
export function mlflow({ experiment = 'Default', runName, params = {}, ...server }: MlflowOptions): Callback {
  let runId: string | null = null;
  let pending: MlflowMetric[] = [];
  const post = (path: string, body: JsonValue): Promise<JsonValue> => request(server, path, body);
  const add = (kind: string, measures: Readonly<Record<string, number>>, step: number): void => {
    const timestamp = Date.now();
    for (const [name, value] of Object.entries(measures)) {
      if (Number.isFinite(value)) pending.push({ key: `${kind}/${name}`, value, timestamp, step });
    }
  };
  const send = async (): Promise<void> => {
    while (pending.length > 0) {
      await post('runs/log-batch', { run_id: runId, metrics: pending.slice(0, METRICS_A_BATCH) });
      pending = pending.slice(METRICS_A_BATCH);
    }
  };
  /** A server that is gone for a while must not end a long run. */
  const trySend = async (run: Run, last: boolean): Promise<void> => {
    try {
      await send();
    } catch (error) {
      if (!(error instanceof CnnError)) throw error;
      if (last) run.notice(`mlflow: ${pending.length} values were not sent. ${error.message}`);
    }
  };

  return {
    name: 'mlflow',
    async onRunStart() {
      if (runId !== null) {
        await post('runs/update', { run_id: runId, status: 'RUNNING' });
        return;
      }
      const experimentId = await experimentNamed(server, experiment);
      const created = await post('runs/create', {
        experiment_id: experimentId,
        start_time: Date.now(),
        ...(runName === undefined ? {} : { run_name: runName }),
      });
      runId = textAt(created, 'run', 'info', 'run_id');
      const entries = Object.entries(params).map(([key, value]) => ({ key, value: String(value) }));
      for (let from = 0; from < entries.length; from += PARAMS_A_BATCH) {
        await post('runs/log-batch', { run_id: runId, params: entries.slice(from, from + PARAMS_A_BATCH) });
      }
    },
    onStepEnd({ state, plan }) {
      if (state.lastLoss === null || state.step % plan.logEverySteps !== 0) return;
      add('step', { loss: state.lastLoss, lr: state.lastLr[0]! }, state.step);
    },
    async onEpochEnd(run) {
      const { step, train, validation } = run.state.history.at(-1)!;
      add('train', { loss: train.loss, lossSum: train.lossSum, accuracy: train.accuracy }, step);
      add('validation', validation ?? {}, step);
      await trySend(run, false);
    },
    async onRunEnd(run, outcome) {
      if (runId === null) return;
      add('test', outcome.test ?? {}, outcome.steps);
      await trySend(run, true);
      await finish(outcome, runId);
      runId = null;
      pending = [];
    },
    // Values that are not sent yet; what a run sent after its checkpoint is sent again, with the same steps.
    saveState: () => ({ runId, pending }),
    loadState(state) {
      ({ runId, pending } = state as { runId: string | null; pending: MlflowMetric[] });
    },
  };

  async function finish({ status }: Outcome, id: string): Promise<void> {
    try {
      await post('runs/update', { run_id: id, status: STATUSES[status], end_time: Date.now() });
    } catch (error) {
      if (!(error instanceof CnnError)) throw error;
    }
  }
}

async function experimentNamed(server: MlflowServer, name: string): Promise<string> {
  const query = `experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`;
  const found = await request(server, query).catch((error: unknown) => {
    if (error instanceof CnnError && error.code === 'missing-file') return null;
    throw error;
  });
  if (found !== null) return textAt(found, 'experiment', 'experiment_id');
  return textAt(await request(server, 'experiments/create', { name }), 'experiment_id');
}

type MlflowServer = Pick<MlflowOptions, 'trackingUri' | 'headers'>;

/** A GET, or a POST when there is a body. */
async function request(
  { trackingUri, headers = {} }: MlflowServer,
  path: string,
  body?: JsonValue,
): Promise<JsonValue> {
  const url = `${trackingUri.replace(/\/$/, '')}/api/2.0/mlflow/${path}`;
  const sent: RequestInit =
    body === undefined
      ? { headers }
      : { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, sent);
    text = await response.text();
  } catch (cause) {
    throw failure(url, cause instanceof Error ? cause.message : String(cause), 'network', cause);
  }
  if (response.ok) return text === '' ? {} : JSON.parse(text);
  const code = response.status === 404 && text.includes('RESOURCE_DOES_NOT_EXIST') ? 'missing-file' : 'network';
  throw failure(url, `status ${response.status}: ${text.slice(0, 200)}`, code);
}

function failure(url: string, received: string, code: 'network' | 'missing-file', cause?: unknown): CnnError {
  const remedy = 'Check the address, and that the MLflow server runs';
  return new CnnError(code, { where: url, expected: "an MLflow server's answer", received, remedy }, { cause });
}

function textAt(value: JsonValue, ...path: string[]): string {
  const found = path.reduce<JsonValue>(
    (at, key) =>
      typeof at === 'object' && at !== null && !Array.isArray(at)
        ? ((at as Record<string, JsonValue>)[key] ?? null)
        : null,
    value,
  );
  if (typeof found === 'string') return found;
  throw failure('MLflow', `an answer without ${path.join('.')}`, 'network');
}
