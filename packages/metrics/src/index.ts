export { accuracy } from './accuracy/accuracy.ts';
export { balancedAccuracy } from './accuracy/balanced-accuracy.ts';
export { type TopKOptions, topK } from './accuracy/top-k.ts';
export type { AveragedMetric, ClassAverage, ClassAverageOptions } from './averaging/class-average.ts';
export { f1 } from './averaging/f1.ts';
export { precision } from './averaging/precision.ts';
export { recall } from './averaging/recall.ts';
export {
  type ExpectedCalibrationErrorOptions,
  expectedCalibrationError,
} from './calibration/expected-calibration-error.ts';
export type { ClassTotals } from './confusion/class-totals.ts';
export { type ConfusionMatrix, type ConfusionMatrixOptions, confusionMatrix } from './confusion/confusion-matrix.ts';
export {
  type ConfusedPair,
  type MostConfusedPairsOptions,
  mostConfusedPairs,
} from './confusion/most-confused-pairs.ts';
export { type ConfusionNormalisation, normalisedConfusion } from './confusion/normalised-confusion.ts';
export { type ClassScores, perClassTable } from './confusion/per-class-table.ts';
export { logLoss } from './loss/log-loss.ts';
export { lossSum } from './loss/loss-sum.ts';
export { type MeanLossOptions, meanLoss } from './loss/mean-loss.ts';
export { type Mistake, type WorstMistakesOptions, worstMistakes } from './mistakes/worst-mistakes.ts';
export { createMetric, type MetricName, type MetricSpec, metricNames } from './registry/create-metric.ts';
