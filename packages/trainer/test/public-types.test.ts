import type { Batch, Metric, Module, StateDict } from '@cnn/core';
import type { Scalar } from '@tensorflow/tfjs-core';
import { expectTypeOf, test } from 'vitest';
import {
  type Callback,
  crossEntropyLoss,
  defineCallback,
  type FitOptions,
  fit,
  type Loss,
  type Measures,
  type Optimizer,
  type Outcome,
  type Run,
  type RunState,
  type Step,
  stepLR,
  type TrainingEvent,
  trainer,
} from '../src/index.ts';

test('events are told apart by their type', () => {
  expectTypeOf<Extract<TrainingEvent, { type: 'step' }>['loss']>().toEqualTypeOf<number | null>();
  expectTypeOf<Extract<TrainingEvent, { type: 'run-end' }>['outcome']>().toEqualTypeOf<Outcome>();
  expectTypeOf<TrainingEvent['type']>().toEqualTypeOf<
    'run-start' | 'epoch-start' | 'step' | 'validation' | 'epoch' | 'checkpoint' | 'run-end'
  >();
});

test('a callback defined as an object or a factory has its hooks typed', () => {
  const plain = defineCallback({
    name: 'plain',
    onEpochEnd(run) {
      expectTypeOf(run).toEqualTypeOf<Run>();
      expectTypeOf(run.state).toEqualTypeOf<RunState>();
    },
  });
  expectTypeOf(plain).toExtend<Callback>();
  const factory = defineCallback((options: { patience: number }) => ({ name: `p${options.patience}` }));
  expectTypeOf(factory).parameter(0).toEqualTypeOf<{ patience: number }>();
});

test('state is read-only to callbacks, and measures always have a loss', () => {
  expectTypeOf<RunState>().toExtend<Readonly<RunState>>();
  expectTypeOf<Measures['loss']>().toEqualTypeOf<number>();
  expectTypeOf<Run['weights']>().returns.resolves.toEqualTypeOf<StateDict>();
});

test('fit takes what it is documented to take', () => {
  expectTypeOf(fit).parameter(0).toEqualTypeOf<FitOptions>();
  expectTypeOf(fit).returns.resolves.toEqualTypeOf<Outcome>();
  expectTypeOf(trainer).returns.toExtend<AsyncIterable<TrainingEvent>>();
  expectTypeOf<{ model: Module; data: AsyncIterable<Batch>; optimizer: Optimizer }>().toExtend<FitOptions>();
  expectTypeOf<{ a: Optimizer; b: Optimizer }>().toExtend<FitOptions['optimizer']>();
  expectTypeOf<Metric<number[][]>>().toExtend<NonNullable<FitOptions['metrics']>[number]>();
  expectTypeOf<(batch: Batch) => Scalar>().toExtend<Step>();
  expectTypeOf(crossEntropyLoss).returns.toEqualTypeOf<Loss>();
  // @ts-expect-error: an option with another name is an error
  stepLR({ step_size: 3 });
});
