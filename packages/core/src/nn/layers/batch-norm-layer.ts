import { add, mul, ones, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { CnnError } from '../../errors/cnn-error.ts';
import { batchNormInference, batchNormTraining } from '../../kernels/batch-norm.ts';
import { positiveInteger } from '../../shape/positive-integer.ts';
import type { ForwardContext } from '../forward-context.ts';
import { Layer } from '../layer.ts';
import { Parameter } from '../parameter.ts';
import { StateBuffer } from '../state-buffer.ts';
import { StateCounter } from '../state-counter.ts';

/** Options of batch norms, with PyTorch's names and defaults. */
export interface BatchNormOptions {
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number;
  /** Weight of the newest batch in the running statistics; null for their plain mean. Default 0.1. */
  readonly momentum?: number | null;
  /** Learn a scale and an offset a channel. Default true. */
  readonly affine?: boolean;
  /** Keep running statistics; without them the batch's are used in evaluation too. Default true. */
  readonly trackRunningStats?: boolean;
}

/**
 * Normalises each channel by mean and variance: those of the batch while training, running ones in evaluation and
 * when frozen. The biased variance normalises, the unbiased one is kept.
 */
export abstract class BatchNormLayer extends Layer {
  /** Channels of the input, its last axis in memory. */
  readonly numFeatures: number;
  /** Added to the variance before its root is taken. */
  readonly eps: number;
  /** Share of the batch's statistics in the new running ones; null for their plain mean over all batches. */
  readonly momentum: number | null;
  /** Scale of each channel, `[numFeatures]`; null without `affine`. */
  readonly weight: Parameter | null;
  /** Shift of each channel, `[numFeatures]`; null without `affine`. */
  readonly bias: Parameter | null;
  /** Mean that evaluation uses, `[numFeatures]`; null without `trackRunningStats`. */
  readonly runningMean: StateBuffer | null;
  /** Unbiased variance that evaluation uses, `[numFeatures]`; null without `trackRunningStats`. */
  readonly runningVar: StateBuffer | null;
  /** Batches behind the running statistics; null without `trackRunningStats`. */
  readonly numBatchesTracked: StateCounter | null;

  /** @throws CnnError `invalid-argument` when `numFeatures` is no positive integer. */
  constructor(kind: string, numFeatures: number, options: BatchNormOptions) {
    super();
    const { eps = 1e-5, momentum = 0.1, affine = true, trackRunningStats = true } = options;
    this.numFeatures = positiveInteger(numFeatures, `${kind}.numFeatures`);
    this.eps = eps;
    this.momentum = momentum;
    const [one, zero] = [new Float32Array(numFeatures).fill(1), new Float32Array(numFeatures)];
    this.weight = affine ? new Parameter(one, [numFeatures]) : null;
    this.bias = affine ? new Parameter(zero, [numFeatures]) : null;
    this.runningMean = trackRunningStats ? new StateBuffer(zero, [numFeatures]) : null;
    this.runningVar = trackRunningStats ? new StateBuffer(one, [numFeatures]) : null;
    this.numBatchesTracked = trackRunningStats ? new StateCounter() : null;
  }

  protected override compute(input: Tensor, context: ForwardContext): Tensor {
    const scale = this.weight?.variable ?? ones([this.numFeatures]);
    const offset = this.bias?.variable ?? zeros([this.numFeatures]);
    if (!context.training && this.runningMean && this.runningVar) {
      const statistics = { mean: this.runningMean.variable, variance: this.runningVar.variable, scale, offset };
      return batchNormInference(input, statistics, this.eps);
    }
    const samples = input.size / this.numFeatures;
    if (context.training && samples < 2) throw this.#tooFewSamples(input.shape);
    return batchNormTraining(input, scale, offset, {
      epsilon: this.eps,
      onStatistics: (mean, variance) => {
        if (context.training) this.#track(mean, mul(variance, samples / (samples - 1)));
      },
    });
  }

  #track(mean: Tensor, unbiasedVariance: Tensor): void {
    if (!this.runningMean || !this.runningVar || !this.numBatchesTracked) return;
    this.numBatchesTracked.count += 1;
    const newest = this.momentum ?? 1 / this.numBatchesTracked.count;
    this.runningMean.update((running) => add(mul(running, 1 - newest), mul(mean, newest)));
    this.runningVar.update((running) => add(mul(running, 1 - newest), mul(unbiasedVariance, newest)));
  }

  #tooFewSamples(shape: readonly number[]): CnnError {
    return new CnnError('invalid-shape', {
      where: this.kind,
      expected: 'more than one value per channel while training',
      received: `one, in memory [${shape.join(', ')}]`,
      remedy: 'Train with larger batches, drop a last batch of one sample, or freeze the layer',
    });
  }
}
