import { type MemoryDataset, memoryDataset } from '@cnn/datasets';
import type { HeldParts } from './data-parts.ts';

const CACHE = 'cnn-demo-data';
type Part = 'train' | 'test';

/** What is known of a part beside its bytes. */
interface PartHeader {
  readonly name: string;
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly classNames: readonly string[];
  readonly count: number;
}

/** Data sets in the browser's cache: they are there again after a reload, and offline. Where storage is refused, not. */
export class DataShelf {
  readonly #storage: CacheStorage | undefined;

  constructor(storage: CacheStorage | undefined = globalThis.caches) {
    this.#storage = storage;
  }

  /** @returns False where the browser refused, for want of room or of leave. */
  async put(key: string, { train, test }: HeldParts): Promise<boolean> {
    try {
      const cache = await this.#storage?.open(CACHE);
      if (!cache) return false;
      await cache.put(address(key, 'train'), partResponse(train));
      if (test) await cache.put(address(key, 'test'), partResponse(test));
      else await cache.delete(address(key, 'test'));
      return true;
    } catch {
      return false; // The data set stays usable from memory; the caller says that it is not kept.
    }
  }

  async get(key: string): Promise<HeldParts | undefined> {
    try {
      const cache = await this.#storage?.open(CACHE);
      const train = await readPart(await cache?.match(address(key, 'train')));
      if (!train) return undefined;
      return { train, test: (await readPart(await cache?.match(address(key, 'test')))) ?? null };
    } catch {
      return undefined; // Refused storage is an empty shelf.
    }
  }
}

function address(key: string, part: Part): string {
  return `https://data.invalid/${part}/${encodeURIComponent(key)}`;
}

/** Labels, then pixels; what they mean is in a header. */
function partResponse({ name, sampleShape, classNames, labels, pixels, length }: MemoryDataset): Response {
  const header: PartHeader = { name, shape: sampleShape, classNames, count: length };
  const body = new Blob([Int32Array.from(labels), new Uint8Array(pixels)]);
  return new Response(body, { headers: { 'x-cnn-part': encodeURIComponent(JSON.stringify(header)) } });
}

async function readPart(response: Response | undefined): Promise<MemoryDataset | undefined> {
  const header = response?.headers.get('x-cnn-part');
  if (!response || !header) return undefined;
  const { name, shape, classNames, count } = JSON.parse(decodeURIComponent(header)) as PartHeader;
  const bytes = await response.arrayBuffer();
  const labels = new Int32Array(bytes, 0, count);
  return memoryDataset({ name, shape, classNames, labels, pixels: new Uint8Array(bytes, 4 * count) });
}
