import type { ByteBudget } from '../byte-budget.ts';
import { inflateWithin } from '../inflate-within.ts';
import { invalidWeightsFile } from '../invalid-weights-file.ts';
import { readZipDirectory } from './read-zip-directory.ts';
import type { ZipEntry } from './zip-entry.ts';

/** A zip archive in memory. Stored entries are read as views of it, deflated ones within the budget. */
export class ZipArchive {
  readonly where: string;
  readonly #bytes: Uint8Array;
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  readonly #budget: ByteBudget;

  /** @throws CnnError as `readZipDirectory`. */
  constructor(bytes: Uint8Array, where: string, budget: ByteBudget) {
    this.where = where;
    this.#bytes = bytes;
    this.#budget = budget;
    this.#entries = readZipDirectory(bytes, where);
  }

  get names(): string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** @throws CnnError `invalid-file` when there is no such entry, it is damaged, or expands to more than it says. */
  read(name: string, maxBytes: number = Number.POSITIVE_INFINITY): Uint8Array {
    const entry = this.#entries.get(name);
    if (!entry) throw invalidWeightsFile(this.where, `the entry ${name}`, 'none of that name');
    if (entry.sizeBytes > maxBytes) {
      throw invalidWeightsFile(this.where, `at most ${maxBytes} bytes in ${name}`, `${entry.sizeBytes}`);
    }
    const raw = this.#bytes.subarray(entry.start, entry.start + entry.compressedBytes);
    if (!entry.compressed) return raw;
    return inflateWithin(raw, { where: `${this.where} (${name})`, sizeBytes: entry.sizeBytes, budget: this.#budget });
  }
}
