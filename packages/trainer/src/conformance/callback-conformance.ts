import { Generator, type Module } from '@cnn/core';
import { memory } from '@tensorflow/tfjs-core';
import type { Callback } from '../callbacks/callback.ts';
import { fit } from '../fit/fit.ts';
import type { FitOptions } from '../fit/fit-options.ts';
import { Adam } from '../optimizers/adam.ts';
import type { Outcome } from '../run/outcome.ts';
import { memoryStore } from '../store/memory-store.ts';
import { Points, tinyNet } from './tiny-task.ts';

/** One promise of the callback contract, and how to find out whether it is kept. */
export interface CallbackCheck {
  /** A sentence of behaviour. */
  readonly name: string;
  /** @throws Error saying how the promise is broken. */
  run(): Promise<void>;
}

/** What kind of callback is checked. */
export interface CallbackConformanceOptions {
  /** It only watches: with it or without it a run has the same weights and the same history. Default true. */
  readonly observes?: boolean;
}

const HOOKS = [
  'onRunStart',
  'onEpochStart',
  'onStepEnd',
  'onValidationEnd',
  'onEpochEnd',
  'onCheckpointSaved',
  'onTrainingEnd',
  'onRunEnd',
  'saveState',
  'loadState',
  'saveTensors',
  'loadTensors',
];

/**
 * The checks that every callback should pass, for any test runner. They train a network of 60 weights on the current
 * backend, for a fraction of a second each.
 *
 * @param create Makes the callback anew, as another process would.
 * @example
 * for (const { name, run } of callbackConformance(() => myCallback())) test(name, run);
 */
export function callbackConformance(
  create: () => Callback,
  { observes = true }: CallbackConformanceOptions = {},
): CallbackCheck[] {
  const checks: CallbackCheck[] = [
    { name: 'has a name, the same each time it is made', run: async () => checkName(create) },
    { name: 'has no hook that nobody calls', run: async () => checkHooks(create()) },
    { name: 'throws nothing and leaves no tensor, however a run ends', run: () => checkEndings(create) },
    { name: 'serves one run after another', run: () => checkReuse(create()) },
    { name: 'goes on from its saved state as if the run had never stopped', run: () => checkResume(create) },
  ];
  if (observes) checks.push({ name: 'changes nothing of the run it watches', run: () => checkObserver(create) });
  return checks;
}

function checkName(create: () => Callback): void {
  const [first, second] = [create().name, create().name];
  expectThat(typeof first === 'string' && first.length > 0, 'expected a name, received none');
  expectThat(first === second, `expected one name, received "${first}" and "${second}"`);
}

function checkHooks(callback: Callback): void {
  const unknown = Object.keys(callback).filter((key) => /^on[A-Z]|^(save|load)[A-Z]/.test(key) && !HOOKS.includes(key));
  expectThat(unknown.length === 0, `expected hooks among ${HOOKS.join(', ')}, received ${unknown.join(', ')}`);
  const saves = callback.saveState !== undefined || callback.saveTensors !== undefined;
  const loads = callback.loadState !== undefined || callback.loadTensors !== undefined;
  expectThat(saves === loads, `expected saving and loading together, received ${saves ? 'saving' : 'loading'} alone`);
}

async function checkEndings(create: () => Callback): Promise<void> {
  const abort = new AbortController();
  const at = (step: number, act: () => void): Callback => ({
    name: 'conformance',
    onStepEnd: ({ state }) => {
      if (state.step === step) act();
    },
  });
  const fails = at(3, () => {
    throw new Error('conformance');
  });
  const stops: Callback = { name: 'conformance', onEpochEnd: (run) => run.requestStop('conformance') };
  const endings: [Outcome['status'], Partial<FitOptions>][] = [
    ['completed', {}],
    ['completed', { validation: null, monitor: 'train.loss' }],
    ['completed', { maxSteps: 2 }],
    ['stopped', { callbacks: [create(), stops] }],
    ['failed', { callbacks: [create(), fails] }],
    ['failed', { callbacks: [fails, create()] }],
    ['interrupted', { callbacks: [create(), at(7, () => abort.abort())], signal: abort.signal }],
  ];
  for (const [status, options] of endings) {
    const before = memory().numTensors;
    const { outcome, dispose } = await tinyRun({ callbacks: [create()], ...options });
    dispose();
    const own = outcome.errors.filter(({ message }) => message !== 'conformance');
    expectThat(own.length === 0, `expected no error in a run that ${status}, received: ${own[0]?.message}`);
    expectThat(
      outcome.status === status || own.length === 0,
      `expected the run to be ${status}, received ${outcome.status}`,
    );
    const left = memory().numTensors - before;
    expectThat(left === 0, `expected no tensor left by a run that ${status}, received ${left}`);
  }
}

async function checkReuse(callback: Callback): Promise<void> {
  const first = await tinyRun({ callbacks: [callback] });
  const second = await tinyRun({ callbacks: [callback] });
  expectSame('a second run with the same instance', await remains(first), await remains(second));
  first.dispose();
  second.dispose();
}

async function checkResume(create: () => Callback): Promise<void> {
  const undisturbed = await tinyRun({ callbacks: [create()] }, { checkpointEachStep: true });
  for (const step of [3, 5, 8]) {
    const killer: Callback = {
      name: 'killer',
      onStepEnd({ state }) {
        if (state.step === step) throw new Error('killed');
      },
    };
    const store = memoryStore();
    const killed = await tinyRun({ callbacks: [create(), killer], store }, { checkpointEachStep: true });
    const resumed = await tinyRun({ callbacks: [create()], store, resume: true }, { checkpointEachStep: true });
    expectSame(`a run killed at step ${step} and resumed`, await remains(undisturbed), await remains(resumed));
    killed.dispose();
    resumed.dispose();
  }
  undisturbed.dispose();
}

async function checkObserver(create: () => Callback): Promise<void> {
  const alone = await tinyRun({});
  const watched = await tinyRun({ callbacks: [create()] });
  expectSame('a run that is watched', await remains(alone), await remains(watched));
  alone.dispose();
  watched.dispose();
}

interface TinyRun {
  readonly outcome: Outcome;
  readonly model: Module;
  dispose(): void;
}

async function tinyRun(
  { callbacks = [], ...options }: Partial<FitOptions>,
  { checkpointEachStep = false }: { checkpointEachStep?: boolean } = {},
): Promise<TinyRun> {
  const model = tinyNet({ dropout: 0.1 });
  const optimizer = new Adam(model.parameters(), { lr: 0.02 });
  const saver: Callback = { name: 'saver', onStepEnd: (run) => run.requestCheckpoint('last.safetensors') };
  const generator = new Generator(3);
  const outcome = await fit({
    model,
    optimizer,
    data: new Points({ generator }),
    generators: { shuffle: generator },
    validation: new Points({ shuffle: false, batchSize: 20 }),
    epochs: 2,
    logEverySteps: 1,
    store: memoryStore(),
    callbacks: checkpointEachStep ? [...callbacks, saver] : callbacks,
    ...options,
  });
  return {
    outcome,
    model,
    dispose() {
      model.dispose();
      optimizer.dispose();
    },
  };
}

/** What a run leaves that must not depend on whether it was watched or resumed. Times do. */
async function remains({ outcome, model }: TinyRun): Promise<string> {
  const weights = [...(await model.stateDict())].map(([name, { data }]) => [name, Array.from(data, Number)]);
  const history = outcome.history.map(({ seconds: _seconds, ...record }) => record);
  return JSON.stringify({ status: outcome.status, history, best: outcome.best, weights });
}

function expectSame(what: string, expected: string, received: string): void {
  if (expected === received) return;
  const at = [...expected].findIndex((character, index) => character !== received[index]);
  const part = (text: string): string => text.slice(Math.max(0, at - 30), at + 30);
  throw new Error(`${what} differs: expected …${part(expected)}…, received …${part(received)}…`);
}

function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
