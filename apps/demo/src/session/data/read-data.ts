import type { Config } from '@cnn/cli/config';
import type { HeldParts } from './data-parts.ts';

/** What came of the files that a person gave. */
export interface ReadData {
  /** Its identity as `cnn-cli` names it: `{ name: idx, images: …, labels: … }`. Batch size and the like are the page's. */
  readonly data: Readonly<Record<string, Config['data'][string]>> & { readonly name: string };
  readonly parts: HeldParts;
  /** What a person should know: files that were left out, images that were paired by their number. */
  readonly remarks: readonly string[];
}

/** Part of the training images that is held back where no test part is given. */
export const HELD_BACK = 0.2;

/** Pixels in memory. More than this is refused before memory is taken. */
export const PIXEL_LIMIT_BYTES: number = 2 ** 29;
