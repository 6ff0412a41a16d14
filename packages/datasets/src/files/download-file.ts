import { open, rename, rm, stat } from 'node:fs/promises';
import { CnnError } from '@cnn/core';
import { streamChunks } from '../bytes/chunks.ts';
import type { DownloadOptions } from '../download/download-progress.ts';
import { abortedDownload, allMirrorsFailed } from '../download/fetch-dataset.ts';
import { unwritable } from './unwritable.ts';

/** A file to fetch. */
export interface DownloadFileOptions extends DownloadOptions {
  /** Name for progress and errors. */
  readonly file: string;
  /** Addresses of the same file, tried in turn. */
  readonly urls: readonly string[];
  /** Where it goes. It appears there when it is complete and checked, and never before. */
  readonly path: string;
  /** Throws `CnnError` `checksum-mismatch` or `invalid-file` when the file at `path` is not what was asked for. */
  readonly check: (path: string) => Promise<void>;
}

/** Attempts at one address without a byte more than before; each goes on where the last broke off. */
const ATTEMPTS = 3;

/**
 * Fetches a file into `path` through `path.part`. A connection that breaks is taken up again with an HTTP range, now or
 * in a later run; a server without ranges sends it from the start; what fails the check is deleted.
 *
 * @throws CnnError `network` with every address and why it failed, `checksum-mismatch`, `aborted`, `io`.
 */
export async function downloadFile(options: DownloadFileOptions): Promise<void> {
  const part = `${options.path}.part`;
  const failures: { url: string; reason: unknown }[] = [];
  for (const url of options.urls) {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const present = await sizeOf(part);
      try {
        await receive(url, part, options);
        await options.check(part);
        await rename(part, options.path);
        return;
      } catch (reason) {
        if (options.signal?.aborted) throw abortedDownload(options.file, reason);
        if (isDiskError(reason)) throw unwritable(part, reason);
        const wrong = reason instanceof CnnError;
        if (wrong) await rm(part, { force: true });
        if (!wrong && (await sizeOf(part)) > present) attempt = 0;
        const last = attempt === ATTEMPTS || reason instanceof HttpStatusError || (wrong && present === 0);
        if (!last) continue;
        failures.push({ url, reason });
        break;
      }
    }
  }
  throw allMirrorsFailed(options.file, failures);
}

class HttpStatusError extends Error {}

async function receive(url: string, part: string, options: DownloadFileOptions): Promise<void> {
  const { file, signal, onProgress } = options;
  const present = await sizeOf(part);
  const response = await fetch(url, {
    headers: { 'accept-encoding': 'identity', ...(present > 0 ? { range: `bytes=${present}-` } : {}) },
    ...(signal ? { signal } : {}),
  });
  if (response.status === 416) return; // nothing beyond what is here: the check decides
  if (!response.ok || !response.body)
    throw new HttpStatusError(`HTTP ${response.status} ${response.statusText}`.trim());
  const start = response.status === 206 ? rangeStart(response, present) : 0;
  const length = Number(response.headers.get('content-length'));
  const totalBytes = length > 0 ? start + length : null;
  const handle = await open(part, start > 0 ? 'r+' : 'w');
  try {
    if (start > 0 && start < present) await handle.truncate(start);
    let receivedBytes = start;
    for await (const chunk of streamChunks(response.body)) {
      await handle.write(chunk, 0, chunk.byteLength, receivedBytes);
      receivedBytes += chunk.byteLength;
      onProgress?.({ file, url, receivedBytes, totalBytes });
    }
    if (totalBytes !== null && receivedBytes < totalBytes) {
      throw new Error(`the connection closed after ${receivedBytes} of ${totalBytes} bytes`);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function rangeStart(response: Response, requested: number): number {
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (start === undefined || Number(start) > requested) {
    throw new Error(`the server answered another range (${response.headers.get('content-range')})`);
  }
  return Number(start);
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** File system errors carry the system call that failed; those of the network come wrapped by `fetch`. */
function isDiskError(reason: unknown): boolean {
  return reason instanceof Error && 'syscall' in reason && 'code' in reason;
}
