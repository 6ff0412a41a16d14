import { Gunzip, Inflate } from 'fflate';
import type { ByteBudget } from './byte-budget.ts';
import { invalidWeightsFile } from './invalid-weights-file.ts';

/** Compressed bytes given at once. Deflate expands at most 1032 times, so this also bounds a step's output. */
const STEP_BYTES = 2 ** 14;

/**
 * Inflates raw deflate data that is said to expand to `sizeBytes`.
 *
 * @throws CnnError `invalid-file` when it expands to more or less, is damaged, or passes the budget.
 */
export function inflateWithin(
  raw: Uint8Array,
  { where, sizeBytes, budget }: { where: string; sizeBytes: number; budget: ByteBudget },
): Uint8Array {
  budget.take(sizeBytes, where);
  const out = new Uint8Array(sizeBytes);
  let filled = 0;
  const inflate = new Inflate((chunk) => {
    if (filled + chunk.length > sizeBytes) {
      throw invalidWeightsFile(where, `${sizeBytes} bytes, as declared`, 'data that expands to more', {
        remedy: 'Do not trust this file: it lies about its size',
      });
    }
    out.set(chunk, filled);
    filled += chunk.length;
  });
  pushInSteps(inflate, raw, where);
  if (filled !== sizeBytes) throw invalidWeightsFile(where, `${sizeBytes} bytes, as declared`, String(filled));
  return out;
}

/**
 * Unpacks gzip data of unknown size.
 *
 * @throws CnnError `invalid-file` when it is damaged or passes the budget.
 */
export function gunzipWithin(raw: Uint8Array, { where, budget }: { where: string; budget: ByteBudget }): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const gunzip = new Gunzip((chunk) => {
    budget.take(chunk.length, where);
    chunks.push(chunk.slice());
    length += chunk.length;
  });
  pushInSteps(gunzip, raw, where);
  const out = new Uint8Array(length);
  let filled = 0;
  for (const chunk of chunks) {
    out.set(chunk, filled);
    filled += chunk.length;
  }
  return out;
}

function pushInSteps(stream: Inflate | Gunzip, raw: Uint8Array, where: string): void {
  try {
    for (let start = 0; start < raw.length || start === 0; start += STEP_BYTES) {
      stream.push(raw.subarray(start, start + STEP_BYTES), start + STEP_BYTES >= raw.length);
    }
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'CnnError') throw cause;
    const received = cause instanceof Error ? cause.message : String(cause);
    throw invalidWeightsFile(where, 'compressed data', received, { cause });
  }
}
