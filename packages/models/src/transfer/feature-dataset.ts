import { CnnError, type Dataset, type ImageShape, type Sample } from '@cnn/core';

/** What a frozen backbone makes of a data set, sample by sample, in memory. */
export class FeatureDataset implements Dataset {
  /** For messages and logs. */
  readonly name: string;
  /** Those of the data set that the features were computed from. */
  readonly classNames: readonly string[];
  readonly sampleShape: ImageShape;
  readonly #features: Float32Array;
  readonly #labels: Int32Array;
  readonly #sampleSize: number;

  /**
   * Features that are there already; they are not copied.
   *
   * @param content.features Sample after sample.
   * @param content.shape Of one sample, as the head takes it: `[features]` or `[H, W, C]`.
   */
  constructor(
    name: string,
    content: { features: Float32Array; labels: Int32Array; shape: readonly number[]; classNames: readonly string[] },
  ) {
    this.name = name;
    this.classNames = content.classNames;
    const [h = 1, w = 1, c = 1] = content.shape.length === 3 ? content.shape : [1, 1, content.shape[0]];
    this.sampleShape = [h, w, c];
    this.#sampleSize = h * w * c;
    this.#features = content.features;
    this.#labels = content.labels;
  }

  /** Number of samples. */
  get length(): number {
    return this.#labels.length;
  }

  /**
   * The features of one sample: a view, not a copy.
   *
   * @throws CnnError `invalid-argument` for an index outside `0..length - 1`.
   */
  get(index: number): Sample {
    const label = this.#labels[index];
    if (label === undefined) {
      throw new CnnError('invalid-argument', {
        where: `${this.name}.get`,
        expected: `an integer in 0..${this.length - 1}`,
        received: String(index),
        remedy: 'Ask for a sample that is there',
      });
    }
    const pixels = this.#features.subarray(index * this.#sampleSize, (index + 1) * this.#sampleSize);
    return { pixels, shape: this.sampleShape, label };
  }
}
