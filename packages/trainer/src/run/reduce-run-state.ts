import { NO_TRAIN_MEASURES, type TrainMeasures } from './measures.ts';
import type { BatchReading, RunFact } from './run-fact.ts';
import type { EpochRecord, RunState } from './run-state.ts';

/** The state after `fact`. Pure: the only way in which a run's state changes. */
export function reduceRunState(state: RunState, fact: RunFact): RunState {
  switch (fact.type) {
    case 'epoch-started':
      return {
        ...state,
        epoch: state.epoch + 1,
        inEpoch: true,
        batch: 0,
        train: NO_TRAIN_MEASURES,
        epochStartedAt: state.seconds,
      };
    case 'step-done':
      return {
        ...state,
        step: state.step + 1,
        batch: state.batch + fact.batches,
        samplesSeen: state.samplesSeen + fact.samples,
        lastLr: fact.lr,
        lastLoss: null,
        seconds: fact.seconds,
        trainSeconds: state.trainSeconds + fact.seconds - state.seconds,
      };
    case 'losses-read':
      return {
        ...state,
        train: withReadings(state.train, fact.readings),
        lastLoss: stepLoss(state, fact.readings),
        nonFinite: state.nonFinite ?? fact.readings.find(({ loss }) => !Number.isFinite(loss)) ?? null,
      };
    case 'rates-set':
      return { ...state, lr: fact.lr };
    case 'validated':
      return { ...state, validation: fact.measures, seconds: fact.seconds };
    case 'improved':
      return { ...state, best: fact.best };
    case 'epoch-ended':
      return {
        ...state,
        inEpoch: false,
        seconds: fact.seconds,
        history: [...state.history, record(state, fact.seconds)],
      };
    case 'stop-requested':
      return { ...state, stopReason: state.stopReason ?? fact.reason };
    case 'noticed':
      return { ...state, notices: [...state.notices, fact.message] };
  }
}

function withReadings(train: TrainMeasures, readings: readonly BatchReading[]): TrainMeasures {
  let { lossSum, batches, samples, correct } = train;
  let counted = batches === 0 || !Number.isNaN(train.accuracy);
  for (const reading of readings) {
    lossSum += reading.loss;
    batches++;
    samples += reading.samples;
    if (reading.correct === null) counted = false;
    else correct += reading.correct;
  }
  return {
    lossSum,
    batches,
    samples,
    correct,
    loss: batches > 0 ? lossSum / batches : Number.NaN,
    accuracy: counted && samples > 0 ? correct / samples : Number.NaN,
  };
}

/** The loss of the last step done, if `readings` holds it. */
function stepLoss({ step, lastLoss }: RunState, readings: readonly BatchReading[]): number | null {
  const own = readings.filter((reading) => reading.step === step);
  if (own.length === 0) return lastLoss;
  return own.reduce((sum, { loss }) => sum + loss, 0) / own.length;
}

function record(state: RunState, seconds: number): EpochRecord {
  const { epoch, step, train, validation, lastLr, epochStartedAt } = state;
  return { epoch, step, train, validation, lr: lastLr, seconds: seconds - epochStartedAt };
}
