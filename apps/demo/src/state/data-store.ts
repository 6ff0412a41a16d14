import type { LayerSpec } from '@cnn/models';
import { effect, type Signal, signal } from '@preact/signals';
import { type ProxyMarked, proxy } from 'comlink';
import { withClasses } from '../panels/network/edit-layers.ts';
import { ZOO_NETWORKS } from '../panels/network/zoo-layers.ts';
import type { DataCard } from '../session/data/data-card.ts';
import type { GivenFile } from '../session/data/given-file.ts';
import type { PublishedData } from '../session/data/published-data.ts';
import type { SeenBatch } from '../session/data/seen-batch.ts';
import type { DataProgress, ReadyData } from '../session/data-service.ts';
import { beginAwaited } from './awaited-data.ts';
import { config, editConfig } from './config-store.ts';
import { exampleImage } from './data-facts-store.ts';
import { DEFAULT_CONFIG } from './default-config.ts';
import { isList } from './network-store.ts';
import { notify, notifyError } from './notice-store.ts';
import { runConfig, runId } from './run-store.ts';
import { session } from './session-client.ts';

/** What the run trains on; null until the Worker has told. */
export const card: Signal<DataCard | null> = signal(null);
/** Training images as the network sees them; null until the Worker has told. */
export const seen: Signal<SeenBatch | null> = signal(null);
/** Which random draw of the augmentation is shown. */
export const draw: Signal<number> = signal(0);
/** Data sets to download. */
export const published: Signal<readonly PublishedData[]> = signal([]);
/** What is being read or downloaded; null when nothing is. */
export const reading: Signal<{ readonly text: string; readonly part: number | null } | null> = signal(null);
/** How images of one's own are brought to one size. */
export const imageChannels: Signal<1 | 3> = signal(1);

const IMAGE_SIDE = 28;
/** Images of one's own that were given last: read again when `imageChannels` changes. */
let lastImages: readonly GivenFile[] = [];

let following = false;

/** From now on the card follows the run, and the seen images its augmentation. Called by who shows them. */
export function followData(): void {
  if (following) return;
  following = true;
  void session()
    .data.published()
    .then((all) => {
      published.value = all;
    });
  effect(() => {
    if (runId.value > 0) void readCard();
  });
  effect(() => {
    if (runConfig.value) void readSeen(runConfig.value, draw.value);
  });
}

/** The digits that the page draws itself. */
export function useSynthetic(): void {
  const { data } = DEFAULT_CONFIG;
  void use({ data, input: [1, 28, 28], classes: 10, trainCount: Number(data.trainCount), remarks: [] });
}

/** Makes a data set of files and trains on it. */
export async function giveFiles(files: readonly GivenFile[]): Promise<void> {
  const isImages = files.some(({ file }) => file.type.startsWith('image/'));
  lastImages = isImages ? files : [];
  await bring('These files are no data set', (onProgress) =>
    session().data.read(
      [...files],
      { settings: { channels: imageChannels.peek(), side: IMAGE_SIDE }, common: config.peek().data },
      onProgress,
    ),
  );
}

/** Grey or colour, for images of one's own: those given last are read again. */
export function setImageChannels(channels: 1 | 3): void {
  imageChannels.value = channels;
  if (lastImages.length > 0) void giveFiles(lastImages);
}

/** Trains on a published data set where an earlier visit downloaded it. @returns False where none did. */
export async function useKept(name: string): Promise<boolean> {
  const ready = await session().data.kept(name, config.peek().data);
  if (ready) await use(ready);
  return ready !== null;
}

/** Downloads a published data set, because the person asked for it, and trains on it. */
export async function download(name: string): Promise<void> {
  await bring(`${name} could not be downloaded`, (onProgress) =>
    session().data.download(name, config.peek().data, onProgress),
  );
}

/** Ends what is being read or downloaded. */
export function cancelReading(): void {
  void session().data.cancel();
}

async function bring(
  problem: string,
  read: (onProgress: DataProgress & ProxyMarked) => Promise<ReadyData>,
): Promise<void> {
  reading.value = { text: 'Looking at the files', part: null };
  try {
    const progress = proxy<DataProgress>((text, part) => {
      reading.value = { text, part };
    });
    await use(await read(progress));
  } catch (error) {
    if (error instanceof Error && /received a cancel|abort signal/.test(error.message))
      notify({ kind: 'info', title: 'Cancelled' });
    else notifyError(problem, error);
  } finally {
    reading.value = null;
  }
}

/** Opens a run with another data set, and with a network that takes its images. */
async function use({ data, input, classes, trainCount, remarks }: ReadyData): Promise<void> {
  if (await beginAwaited(data)) return;
  const { model, remark } = await fittingModel(input, classes);
  editConfig((current) => ({ ...current, data, model }));
  const images = `${trainCount.toLocaleString('en')} images for training, ${classes} classes.`;
  const detail = [images, ...remarks, ...remark].join(' ');
  if (data.name !== 'synthetic-digits') notify({ kind: 'info', title: `New data: ${data.name}`, detail });
}

/** The network as it is where it can be, with as many outputs as there are classes; else the first that fits. */
async function fittingModel(input: ReadyData['input'], classes: number) {
  const { model } = config.peek();
  if (!isList.peek()) return { model, remark: [] }; // a residual network takes images of any size
  const zoo = ZOO_NETWORKS.find(({ name }) => name === model.name);
  const own = Array.isArray(model.layers) ? withClasses(model.layers as LayerSpec[], classes) : [];
  const layers = zoo ? zoo.layers(classes) : own;
  const fits = async (candidate: readonly LayerSpec[]): Promise<boolean> =>
    (await session().network.plan({ input, layers: candidate, classes })).problem === null;
  if (await fits(layers)) {
    if (zoo) return { model, remark: [] };
    const named = own.map((layer) => (typeof layer === 'string' ? { name: layer } : layer));
    return { model: { ...model, input: null, layers: named }, remark: [] };
  }
  const fromData = { classes: null, inChannels: null, imageSize: null };
  for (const { name, title, layers: of } of ZOO_NETWORKS) {
    if (!(await fits(of(classes)))) continue;
    const remark = [`The network before cannot take images of ${input.join(' × ')}: it is now “${title}”.`];
    return { model: name === 'mlp' ? { name, ...fromData, hidden: null } : { name, ...fromData }, remark };
  }
  return { model, remark: [] }; // The run says why it cannot begin.
}

async function readCard(): Promise<void> {
  const answer = await session().data.card();
  card.value = answer;
  if (!answer) return;
  const [height, width, channels] = answer.shape;
  const middle = Math.min(3, answer.classNames.length - 1) * answer.samplesPerClass * height * width * channels;
  const pixels = answer.samples.slice(middle, middle + height * width * channels);
  exampleImage.value = { pixels, shape: [height, width, channels] };
}

async function readSeen({ data }: typeof config.value, wanted: number): Promise<void> {
  const batch = await session().data.seen(data, wanted);
  if (batch && wanted === draw.peek()) seen.value = batch;
}
