export { type Callback, defineCallback, type SavedCheckpoint } from './callbacks/callback.ts';
export { BEST_CHECKPOINT, type CheckpointOptions, checkpoint } from './callbacks/checkpoint.ts';
export type { ConsoleFormat, ConsoleFormatName } from './callbacks/console-formats.ts';
export { type ConsoleLogOptions, consoleLog } from './callbacks/console-log.ts';
export { csv } from './callbacks/csv.ts';
export { type EarlyStoppingOptions, earlyStopping } from './callbacks/early-stopping.ts';
export { jsonLines } from './callbacks/json-lines.ts';
export { learningRateMonitor, type RateChange } from './callbacks/learning-rate-monitor.ts';
export { type MlflowOptions, mlflow } from './callbacks/mlflow.ts';
export { modelSummary } from './callbacks/model-summary.ts';
export { type NanGuardOptions, nanGuard } from './callbacks/nan-guard.ts';
export { type ProgressBarOptions, progressBar, type TextStream } from './callbacks/progress-bar.ts';
export { type TensorBoardOptions, tensorBoard } from './callbacks/tensor-board.ts';
export { timeLimit } from './callbacks/time-limit.ts';
export type { ResumeOptions } from './checkpoint/changed-config.ts';
export {
  type Checkpoint,
  type CheckpointState,
  decodeCheckpoint,
  type OptimizerState,
} from './checkpoint/checkpoint.ts';
export { LAST_CHECKPOINT } from './checkpoint/write-checkpoints.ts';
export type { TrainingDataState } from './data/training-data.ts';
export { type EvaluateOptions, type Evaluation, evaluate } from './evaluate/evaluate.ts';
export { type BatchPrediction, predict } from './evaluate/predict.ts';
export { fit } from './fit/fit.ts';
export type { BatchLimits, FitOptions, GradientClip } from './fit/fit-options.ts';
export { type Trainer, trainer } from './fit/trainer.ts';
export type { LayerInspection, StepInspection } from './inspect/step-inspector.ts';
export { type TensorStatistics, tensorStatistics } from './inspect/tensor-statistics.ts';
export { type BceWithLogitsLossOptions, bceWithLogitsLoss } from './losses/bce-with-logits-loss.ts';
export { type CrossEntropyLossOptions, crossEntropyLoss } from './losses/cross-entropy-loss.ts';
export type { Loss, Reduction } from './losses/loss.ts';
export { mseLoss } from './losses/mse-loss.ts';
export { type NllLossOptions, nllLoss } from './losses/nll-loss.ts';
export { oneHotTargets } from './losses/one-hot-targets.ts';
export { Adam, type AdamOptions } from './optimizers/adam.ts';
export { AdamW } from './optimizers/adam-w.ts';
export { Optimizer } from './optimizers/optimizer.ts';
export type {
  OptimizerOptions,
  OptimizerRates,
  ParameterGroup,
  ParameterGroupOptions,
} from './optimizers/parameter-group.ts';
export type { ParameterState, PendingUpdate, Slot } from './optimizers/parameter-state.ts';
export { RmsProp, type RmsPropOptions } from './optimizers/rms-prop.ts';
export { Sgd, type SgdOptions } from './optimizers/sgd.ts';
export type { Measures, TrainMeasures } from './run/measures.ts';
export type { MonitorOptions } from './run/monitor.ts';
export type { Outcome, RunStatus } from './run/outcome.ts';
export { type Profiler, profiler } from './run/profiler.ts';
export type { Run } from './run/run.ts';
export type { BatchReading } from './run/run-fact.ts';
export type { RunPlan } from './run/run-plan.ts';
export type { Best, EpochRecord, RunState } from './run/run-state.ts';
export type { StepPhase, StopWatch } from './run/stop-watch.ts';
export type {
  CheckpointEvent,
  EpochEvent,
  EpochStartEvent,
  RunEndEvent,
  RunStartEvent,
  StepEvent,
  TrainingEvent,
  ValidationEvent,
} from './run/training-event.ts';
export { chainedLR } from './schedules/chained-lr.ts';
export { cosineAnnealingLR } from './schedules/cosine-annealing-lr.ts';
export { cosineAnnealingWarmRestarts } from './schedules/cosine-annealing-warm-restarts.ts';
export { exponentialLR } from './schedules/exponential-lr.ts';
export { lambdaLR } from './schedules/lambda-lr.ts';
export { linearLR } from './schedules/linear-lr.ts';
export { multiStepLR } from './schedules/multi-step-lr.ts';
export { type OneCycleLROptions, oneCycleLR } from './schedules/one-cycle-lr.ts';
export { type ReduceLROnPlateauOptions, reduceLROnPlateau } from './schedules/reduce-lr-on-plateau.ts';
export type { RunningSchedule, Schedule, ScheduleInterval, ScheduleSpan } from './schedules/schedule.ts';
export { sequentialLR, warmUp } from './schedules/sequential-lr.ts';
export { stepLR } from './schedules/step-lr.ts';
export type { TickOptions } from './schedules/tick-schedule.ts';
export { clipByNorm, clipByValue, globalNorm } from './step/clip-gradients.ts';
export type { Gradients, GradientTransform } from './step/gradients.ts';
export type { Step, StepContext, StepPart, StepResult } from './step/step.ts';
export { type SupervisedStepOptions, supervisedStep } from './step/supervised-step.ts';
export { type ValueAndGradients, valueAndGradients } from './step/value-and-gradients.ts';
export { WeightAverage, type WeightAverageOptions, weightAverage } from './step/weight-average.ts';
export type { CheckpointStore } from './store/checkpoint-store.ts';
export { indexedDbStore } from './store/indexed-db-store.ts';
export { memoryStore } from './store/memory-store.ts';
export { encodePng, type HostImage } from './tensorboard/encode-png.ts';
export { type EventWriter, eventWriter } from './tensorboard/event-writer.ts';
export { type MemoryText, memoryText } from './text/memory-text.ts';
export type { TextFile } from './text/text-file.ts';
export {
  type BatchSizeFinderOptions,
  type BatchSizeFinding,
  type BatchSizeTrial,
  findBatchSize,
} from './tune/find-batch-size.ts';
export {
  findLearningRate,
  type LearningRateFinderOptions,
  type LearningRateFinding,
  type RatePoint,
} from './tune/find-learning-rate.ts';
