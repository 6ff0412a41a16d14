import { DataLoader } from '@cnn/datasets';
import { predict } from '@cnn/trainer';
import { transfer } from 'comlink';
import { type Thumbnail, thumbnail } from './image-input.ts';
import { imagesAtOnce, layerCalls } from './layer-card.ts';
import type { OpenRun, RunHolder } from './open-run.ts';
import { TestPredictions, type TestReport, type Verdict } from './test-predictions.ts';
import { TwinModel } from './twin-model.ts';

/** Images that are predicted in one go, between two steps. */
const SLICE = 50;

/** A test image with what the network took it for. */
export interface JudgedImage extends Verdict {
  readonly picture: Thumbnail;
}

/** A page of judged images. */
export interface JudgedImages {
  readonly images: readonly JudgedImage[];
  /** How many there are, these included. */
  readonly all: number;
}

/** How the test set is measured. */
export interface MeasureOptions {
  /** Somebody waits for it: it may take more than a tenth of the time. */
  readonly atOnce?: boolean;
}

/** Measures the network of the open run on its test set, in slices, and remembers what each image was taken for. */
export class EvaluationService {
  readonly #holder: RunHolder;
  readonly #twin = new TwinModel();
  #latest: { readonly run: OpenRun; readonly predictions: TestPredictions } | undefined;
  #measurements = 0;

  constructor(holder: RunHolder) {
    this.#holder = holder;
  }

  /**
   * Predicts the whole test set with the weights as they are now, while training goes on. Null when another
   * measurement was begun meanwhile, or the run closed.
   */
  async measure({ atOnce = false }: MeasureOptions = {}): Promise<TestReport | null> {
    const run = this.#holder.current();
    if (!run) return null;
    const number = ++this.#measurements;
    const isWanted = (): boolean => number === this.#measurements && this.#holder.current() === run;
    try {
      return await this.#measure(run, { isWanted, background: !atOnce });
    } catch (error) {
      if (isWanted()) throw error;
      return null;
    }
  }

  /** Test images of one class that were taken for another, or for itself: the surest first. */
  cell(truth: number, predicted: number, { limit }: { limit: number }): Promise<JudgedImages | null> {
    return this.#judged((predictions) => predictions.cell(truth, predicted), limit);
  }

  /** The mistakes that the network was surest of. */
  worst({ limit }: { limit: number }): Promise<JudgedImages | null> {
    return this.#judged((predictions) => predictions.worst(), limit);
  }

  async #measure(
    run: OpenRun,
    { isWanted, background }: { isWanted: () => boolean; background: boolean },
  ): Promise<TestReport | null> {
    // Weights of one moment: those of the network itself move on while its slices are predicted.
    const { step, state } = await run.between.run(async () => ({
      step: run.trainer.state.step,
      state: await run.model.stateDict(),
    }));
    const predictions = new TestPredictions(run.classNames);
    const batchSize = imagesAtOnce(layerCalls(this.#twin.with(run, state), run.sampleShape), SLICE);
    for await (const batch of new DataLoader(run.test, { batchSize, transforms: run.transforms })) {
      if (!isWanted()) return null;
      const slice = async (): Promise<void> => {
        if (!isWanted()) return;
        for await (const prediction of predict(this.#twin.with(run, state), [batch])) predictions.add(prediction);
      };
      await run.between.run(slice, { background });
    }
    if (!isWanted()) return null;
    this.#latest = { run, predictions };
    return predictions.report(step);
  }

  async #judged(choose: (predictions: TestPredictions) => Verdict[], limit: number): Promise<JudgedImages | null> {
    const latest = this.#latest;
    if (!latest || this.#holder.current() !== latest.run) return null;
    const verdicts = choose(latest.predictions);
    const images: JudgedImage[] = [];
    for (const verdict of verdicts.slice(0, limit)) {
      images.push({ ...verdict, picture: thumbnail(await latest.run.test.get(verdict.index)) });
    }
    const buffers = images.map(({ picture }) => picture.pixels.buffer);
    return transfer({ images, all: verdicts.length }, buffers);
  }
}
