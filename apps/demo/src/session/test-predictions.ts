import type { Metric } from '@cnn/core';
import {
  type ClassScores,
  type ConfusedPair,
  type ConfusionMatrix,
  confusionMatrix,
  mostConfusedPairs,
  normalisedConfusion,
  perClassTable,
} from '@cnn/metrics';
import type { BatchPrediction } from '@cnn/trainer';

/** What a network takes an image for. Classes are indices. */
export interface Verdict {
  /** Of the image in its data set. */
  readonly index: number;
  readonly truth: number;
  readonly predicted: number;
  /** Of the prediction, 0..1. */
  readonly probability: number;
  /** That of the truth. */
  readonly truthProbability: number;
}

/** What a network's predictions for a test set come to. Plain data. */
export interface TestReport {
  /** Optimizer updates that the network had seen. */
  readonly step: number;
  readonly images: number;
  readonly accuracy: number;
  readonly matrix: ConfusionMatrix;
  /** The matrix as shares of each row, 0..1. */
  readonly shares: readonly (readonly number[])[];
  readonly classes: readonly ClassScores[];
  /** Most frequent first. */
  readonly confused: readonly ConfusedPair[];
}

/** Gathers predictions of a test set, batch by batch, and remembers what each image was taken for. */
export class TestPredictions {
  readonly #matrix: Metric<ConfusionMatrix>;
  readonly #verdicts: Verdict[] = [];

  constructor(classNames: readonly string[]) {
    this.#matrix = confusionMatrix({ classNames });
    this.#matrix.reset();
  }

  get size(): number {
    return this.#verdicts.length;
  }

  /** Counts one more batch of labelled images. */
  add({ logits, probabilities, classCount, batch }: BatchPrediction): void {
    const labels = batch.targets.data instanceof Int32Array ? batch.targets.data : new Int32Array();
    this.#matrix.update({ logits, labels, classCount, size: batch.size, loss: Number.NaN });
    for (let row = 0; row < batch.size; row++) {
      const shares = probabilities.subarray(row * classCount, (row + 1) * classCount);
      const predicted = shares.reduce((best, share, index) => (share > shares[best]! ? index : best), 0);
      const truth = labels[row]!;
      this.#verdicts.push({
        index: batch.indices[row]!,
        truth,
        predicted,
        probability: shares[predicted]!,
        truthProbability: shares[truth]!,
      });
    }
  }

  /** What it comes to, for a network after `step` updates. */
  report(step: number): TestReport {
    const matrix = this.#matrix.compute();
    const right = this.#verdicts.filter(({ truth, predicted }) => truth === predicted).length;
    return {
      step,
      images: this.size,
      accuracy: right / this.size,
      matrix,
      shares: normalisedConfusion(matrix),
      classes: perClassTable(matrix),
      confused: mostConfusedPairs(matrix, { limit: 5 }),
    };
  }

  /** The images behind a cell of the matrix, the surest first. */
  cell(truth: number, predicted: number): Verdict[] {
    return this.#verdicts
      .filter((verdict) => verdict.truth === truth && verdict.predicted === predicted)
      .sort((a, b) => b.probability - a.probability);
  }

  /** The mistakes that the network was surest of: the truth was least probable. */
  worst(): Verdict[] {
    return this.#verdicts
      .filter(({ truth, predicted }) => truth !== predicted)
      .sort((a, b) => a.truthProbability - b.truthProbability);
  }
}
