import { CnnError } from '@cnn/core';
import { checkSha256 } from '../cache/check-sha256.ts';
import type { WeightsSource } from './pretrained-entry.ts';

/** How far a download is. */
export interface WeightsProgress {
  /** Where the file comes from. */
  readonly url: string;
  /** Bytes that are here. */
  readonly receivedBytes: number;
  /** Absent where the server does not say. */
  readonly totalBytes?: number;
}

/** How weights are downloaded. */
export interface DownloadWeightsOptions {
  /** More than these are not taken. */
  readonly maxBytes: number;
  /** Called as bytes arrive. */
  readonly onProgress?: (progress: WeightsProgress) => void;
  /** Ends the download with `aborted`. */
  readonly signal?: AbortSignal;
}

/**
 * Downloads a file of weights and checks it.
 *
 * @throws CnnError `network` when it cannot be had whole, `checksum-mismatch`, `aborted`.
 */
export async function downloadWeights(source: WeightsSource, options: DownloadWeightsOptions): Promise<Uint8Array> {
  const { signal } = options;
  try {
    const response = await fetch(source.url, signal ? { signal } : {});
    if (!response.ok || !response.body) throw network(source.url, `status ${response.status}`);
    const bytes = await readBody(response, source.url, options);
    await checkSha256(bytes, source.sha256, source.url);
    return bytes;
  } catch (cause) {
    if (signal?.aborted) throw aborted(source.url, cause);
    if (cause instanceof CnnError) throw cause;
    throw network(source.url, reasonOf(cause), cause);
  }
}

async function readBody(
  response: Response,
  url: string,
  { maxBytes, onProgress }: DownloadWeightsOptions,
): Promise<Uint8Array> {
  const declared = Number(response.headers.get('content-length') ?? Number.NaN);
  // Of a compressed transfer the length is that of other bytes.
  const totalBytes = response.headers.has('content-encoding') ? Number.NaN : declared;
  const total = Number.isFinite(totalBytes) ? { totalBytes } : {};
  const chunks: Uint8Array[] = [];
  let receivedBytes = 0;
  for await (const chunk of response.body ?? []) {
    receivedBytes += chunk.length;
    if (receivedBytes > maxBytes) throw network(url, `more than ${maxBytes} bytes`);
    chunks.push(chunk);
    onProgress?.({ url, receivedBytes, ...total });
  }
  if (Number.isFinite(totalBytes) && receivedBytes !== totalBytes) {
    throw network(url, `${receivedBytes} of ${totalBytes} bytes`);
  }
  const bytes = new Uint8Array(receivedBytes);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

function network(url: string, received: string, cause?: unknown): CnnError {
  const remedy = 'Check the connection, or download the file by other means and name its path';
  return new CnnError('network', { where: url, expected: 'the whole file', received, remedy }, { cause });
}

function aborted(url: string, cause: unknown): CnnError {
  const remedy = 'Start again when ready; nothing was kept';
  return new CnnError('aborted', { where: url, expected: 'the whole file', received: 'a stop', remedy }, { cause });
}
