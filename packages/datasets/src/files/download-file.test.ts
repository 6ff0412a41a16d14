import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CnnError } from '@cnn/core';
import { expect, test } from 'vitest';
import { fileServer } from '../../test/file-server.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import type { DownloadProgress } from '../download/download-progress.ts';
import { type DownloadFileOptions, downloadFile } from './download-file.ts';

const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 31 + (i >> 8)) & 255);

/** Accepts the bytes above and nothing else. */
async function check(path: string): Promise<void> {
  if (Buffer.compare(await readFile(path), bytes) === 0) return;
  throw new CnnError('checksum-mismatch', `${path}: other bytes`);
}

async function download(urls: readonly string[], changes: Partial<DownloadFileOptions> = {}, part?: Uint8Array) {
  const folder = await temporaryFolder();
  const path = join(folder, 'data.gz');
  if (part) await writeFile(`${path}.part`, part);
  const progress: DownloadProgress[] = [];
  const run = downloadFile({
    file: 'data.gz',
    urls,
    path,
    check,
    onProgress: (step) => progress.push(step),
    ...changes,
  });
  const outcome = await run.then(
    () => undefined,
    (error: unknown) => error as CnnError,
  );
  return { outcome, path, progress, files: await readdir(folder) };
}

test('a file arrives whole under its name, and progress is told', async () => {
  const { url } = await fileServer({ 'data.gz': { bytes } });
  const { outcome, path, progress, files } = await download([`${url}data.gz`]);
  expect(outcome).toBeUndefined();
  expect(files).toEqual(['data.gz']);
  expect(Buffer.compare(await readFile(path), bytes)).toBe(0);
  expect(progress.at(-1)).toEqual({
    file: 'data.gz',
    url: `${url}data.gz`,
    receivedBytes: 100_000,
    totalBytes: 100_000,
  });
});

test('a connection that breaks is taken up where it broke', async () => {
  const { url, requests } = await fileServer({ 'data.gz': { bytes, breakAfter: 30_000, breaks: 3 } });
  const { outcome, files } = await download([`${url}data.gz`]);
  expect(outcome).toBeUndefined();
  expect(files).toEqual(['data.gz']);
  expect(requests.length).toBe(4);
  expect(requests[1]).toMatch(/^data.gz bytes=\d+-$/);
});

test('what an earlier run left is used', async () => {
  const { url, requests } = await fileServer({ 'data.gz': { bytes } });
  const { outcome, progress } = await download([`${url}data.gz`], {}, bytes.subarray(0, 60_000));
  expect(outcome).toBeUndefined();
  expect(requests).toEqual(['data.gz bytes=60000-']);
  expect(progress[0]!.receivedBytes).toBeGreaterThan(60_000);
  expect(progress[0]!.totalBytes).toBe(100_000);
});

test('a whole file that was left unnamed needs no byte more', async () => {
  const { url, requests } = await fileServer({ 'data.gz': { bytes } });
  expect((await download([`${url}data.gz`], {}, bytes)).outcome).toBeUndefined();
  expect(requests).toEqual(['data.gz bytes=100000-']);
});

test('wrong bytes that an earlier run left are thrown away', async () => {
  const { url, requests } = await fileServer({ 'data.gz': { bytes } });
  expect((await download([`${url}data.gz`], {}, new Uint8Array(50_000))).outcome).toBeUndefined();
  expect(requests).toEqual(['data.gz bytes=50000-', 'data.gz']);
});

test('a server without ranges sends it from the start', async () => {
  const { url } = await fileServer({ 'data.gz': { bytes, noRanges: true, breakAfter: 40_000, breaks: 1 } });
  const { outcome, path } = await download([`${url}data.gz`]);
  expect(outcome).toBeUndefined();
  expect(Buffer.compare(await readFile(path), bytes)).toBe(0);
});

test('the next mirror is asked when one has not got it, or has other bytes', async () => {
  const { url, requests } = await fileServer({ 'b/data.gz': { bytes: bytes.slice(1) }, 'c/data.gz': { bytes } });
  expect((await download([`${url}a/data.gz`, `${url}b/data.gz`, `${url}c/data.gz`])).outcome).toBeUndefined();
  expect(requests).toEqual(['a/data.gz', 'b/data.gz', 'c/data.gz']);
});

test('other bytes everywhere are a checksum mismatch, and nothing is kept', async () => {
  const { url } = await fileServer({ 'data.gz': { bytes: bytes.slice(1) } });
  const { outcome, files } = await download([`${url}data.gz`]);
  expect(outcome).toMatchObject({ name: 'CnnError', code: 'checksum-mismatch' });
  expect(outcome?.message).toContain(`${url}data.gz: `);
  expect(files).toEqual([]);
});

test('no mirror that answers is a network error that names each and why', async () => {
  const { url } = await fileServer({});
  const { outcome } = await download([`${url}data.gz`, 'http://127.0.0.1:1/data.gz']);
  expect(outcome).toMatchObject({ name: 'CnnError', code: 'network' });
  expect(outcome?.message).toMatch(
    /^download of data.gz: expected one of its mirrors to serve it, received .*data.gz: HTTP 404 Not Found; http:\/\/127.0.0.1:1\/data.gz: fetch failed \(.+\)\. Check the network/,
  );
});

test('a mirror that breaks off for ever is given up, and what it sent is kept for the next run', async () => {
  const { url, requests } = await fileServer({ 'data.gz': { bytes, breakAfter: 0 } });
  const { outcome, files } = await download([`${url}data.gz`], {}, bytes.subarray(0, 10));
  expect(outcome).toMatchObject({ code: 'network' });
  expect(requests.length).toBe(3);
  expect(files).toEqual(['data.gz.part']);
});

test('an abort stops it and keeps what came', async () => {
  const { url } = await fileServer({ 'data.gz': { bytes, breakAfter: 20_000 } });
  const controller = new AbortController();
  const { outcome, files } = await download([`${url}data.gz`], {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  expect(outcome).toMatchObject({ code: 'aborted' });
  expect(files).toEqual(['data.gz.part']);
});

test.skipIf(!existsSync('/dev/full'))('a full disk is an io error at once', async () => {
  const { url, requests } = await fileServer({ 'data.gz': { bytes } });
  const folder = await temporaryFolder();
  await symlink('/dev/full', join(folder, 'data.gz.part')); // every write to it fails with ENOSPC
  const promise = downloadFile({ file: 'data.gz', urls: [`${url}data.gz`], path: join(folder, 'data.gz'), check });
  await expect(promise).rejects.toMatchObject({ code: 'io', message: expect.stringContaining('a full disk (ENOSPC)') });
  expect(requests.length).toBe(1);
});

test('a place that cannot be written is an io error at once', async () => {
  const { url, requests } = await fileServer({ 'data.gz': { bytes } });
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'data.gz.part'));
  const promise = downloadFile({ file: 'data.gz', urls: [`${url}data.gz`], path: join(folder, 'data.gz'), check });
  await expect(promise).rejects.toMatchObject({ code: 'io', message: expect.stringContaining('EISDIR') });
  expect(requests.length).toBe(1);
});
