import { type Batch, Conv2d, type Module, type Parameter } from '@cnn/core';
import { DataLoader, type Image, limit } from '@cnn/datasets';
import { saliency } from '@cnn/models';
import { tensor, tidy } from '@tensorflow/tfjs-core';
import { transfer } from 'comlink';
import { type ImageInput, inputOf, testInput, thumbnail } from './image-input.ts';
import type {
  ImageChoice,
  LookRequest,
  NetworkCard,
  NetworkLook,
  Reading,
  StatisticsReport,
  WindowValues,
} from './inspection-request.ts';
import { imagesAtOnce, type LayerCall, layerCalls } from './layer-card.ts';
import { layerStatistics } from './layer-statistics.ts';
import { type InnerLook, lookInside, readFilters } from './look-inside.ts';
import type { OpenRun, RunHolder } from './open-run.ts';
import { type PictureOrigin, preparePicture } from './prepare-picture.ts';
import { TwinModel } from './twin-model.ts';

/** Test images whose statistics are taken. */
const PROBE_IMAGES = 128;

/** Looks into the network of the open run. Answers null when the run was closed meanwhile. */
export class InspectionService {
  readonly #holder: RunHolder;
  readonly #twin = new TwinModel();
  #calls: { model: Module; calls: readonly LayerCall[] } | undefined;
  #drawing: Image | undefined;
  #probe: { run: OpenRun; batch: Batch } | undefined;

  constructor(holder: RunHolder) {
    this.#holder = holder;
  }

  /** The layers that there are to look into. */
  layers(): Promise<NetworkCard | null> {
    return this.#within((run) => ({
      run: run.id,
      layers: this.#callsOf(run.model, run).map(({ card }) => card),
      classNames: run.classNames,
      testCount: run.test.length,
    }));
  }

  /** What goes on in the network for one image, now or in the past. Null also when there is no drawing yet. */
  async look(request: LookRequest): Promise<NetworkLook | null> {
    const { patient = false } = request;
    const look = await this.#within((run) => this.#look(run, request), { background: patient });
    return look && transfer(look, buffersOf(look));
  }

  /**
   * What the network makes of a picture `[H, W, 4]`, prepared like the data set's images. It stays the `drawing` of looks.
   *
   * @throws CnnError `invalid-argument` or `invalid-file` when it is blank, or no single digit.
   */
  read(
    picture: Image,
    { origin, withSaliency }: { origin: PictureOrigin; withSaliency: boolean },
  ): Promise<Reading | null> {
    return this.#within(async (run) => {
      const { image, note } = preparePicture(picture, run, { origin });
      this.#drawing = image;
      const input = await inputOf(run, image);
      const { probabilities } = await lookInside(run.model, input, { outputs: [] });
      return {
        step: run.trainer.state.step,
        probabilities,
        picture: thumbnail(image),
        saliency: withSaliency ? await saliencyOf(run.model, input) : null,
        note,
      };
    });
  }

  /** Statistics of every layer over the same test images each time. */
  statistics(): Promise<StatisticsReport | null> {
    return this.#within(
      async (run) => {
        if (this.#probe?.run !== run)
          this.#probe = { run, batch: await probeBatch(run, this.#callsOf(run.model, run)) };
        const { batch } = this.#probe;
        const layers = await layerStatistics(run.model, batch);
        return { run: run.id, step: run.trainer.state.step, images: batch.size, layers };
      },
      { background: true },
    );
  }

  async #look(run: OpenRun, request: LookRequest): Promise<NetworkLook | null> {
    const chosen = await this.#input(run, request.image);
    if (!chosen) return null;
    const { input, image, truth } = chosen;
    const snapshot = request.atStep == null ? undefined : await run.history.at(request.atStep);
    const model = snapshot ? this.#twin.with(run, snapshot.state) : run.model;
    const calls = snapshot ? layerCalls(model, run.sampleShape) : this.#callsOf(model, run);
    const slid = request.window ?? null;
    const looked = await lookInside(model, input, { outputs: request.maps, whole: slid });
    const filters = await Promise.all(
      request.filters.map(({ call, inputChannel }) => calls[call] && readFilters(calls[call], inputChannel)),
    );
    return {
      run: run.id,
      step: snapshot?.step ?? run.trainer.state.step,
      picture: thumbnail(image),
      truth,
      probabilities: looked.probabilities,
      maps: looked.outputs,
      filters: filters.filter((values) => values != null),
      window: slid === null ? null : await windowValues(calls[slid], looked.whole),
      history: run.history.steps,
    };
  }

  async #input(
    run: OpenRun,
    choice: ImageChoice,
  ): Promise<{ input: ImageInput; image: Image; truth: number | null } | null> {
    if (choice.kind === 'drawing') {
      return this.#drawing ? { input: await inputOf(run, this.#drawing), image: this.#drawing, truth: null } : null;
    }
    const index = Math.min(choice.index, run.test.length - 1);
    const sample = await run.test.get(index);
    return { input: await testInput(run, index), image: sample, truth: sample.label };
  }

  #callsOf(model: Module, run: OpenRun): readonly LayerCall[] {
    if (this.#calls?.model !== model) this.#calls = { model, calls: layerCalls(model, run.sampleShape) };
    return this.#calls.calls;
  }

  /** Runs `work` between two steps of the open run; what fails because that was closed is no error. */
  async #within<Result>(
    work: (run: OpenRun) => Result | Promise<Result>,
    options: { background?: boolean } = {},
  ): Promise<Result | null> {
    const run = this.#holder.current();
    if (!run) return null;
    const isOpen = (): boolean => this.#holder.current() === run;
    try {
      return await run.between.run(() => (isOpen() ? work(run) : null), options);
    } catch (error) {
      if (isOpen()) throw error;
      return null;
    }
  }
}

async function saliencyOf(model: Module, { data, shape }: ImageInput): Promise<Reading['saliency']> {
  const map = tidy(() => saliency(model, tensor(data, [...shape])));
  const values = Float32Array.from(await map.data()); // read-back
  map.dispose();
  return { values, shape: [shape[1]!, shape[2]!] };
}

async function windowValues(call: LayerCall | undefined, whole: InnerLook['whole']): Promise<WindowValues | null> {
  if (!call || !whole) return null;
  const { card, module } = call;
  const values = async (parameter: Parameter | null): Promise<Float32Array<ArrayBuffer> | null> =>
    parameter && Float32Array.from((await parameter.read()).data as Float32Array); // read-back
  const [weight, bias] = module instanceof Conv2d ? [module.weight, module.bias] : [null, null];
  return { call: card.call, ...whole, weight: await values(weight), bias: await values(bias) };
}

async function probeBatch({ test, transforms }: OpenRun, calls: readonly LayerCall[]): Promise<Batch> {
  const images = limit(test, Math.min(imagesAtOnce(calls, PROBE_IMAGES), test.length));
  for await (const batch of new DataLoader(images, { batchSize: images.length, transforms })) return batch;
  throw new RangeError('a test set is never empty');
}

/** What is handed over to the page instead of being copied. */
function buffersOf({ maps, filters, window }: NetworkLook): ArrayBuffer[] {
  const arrays = [...maps, ...filters, ...(window ? [window.input, window.output] : [])];
  return [...new Set(arrays.map(({ values }) => values.buffer))];
}
