import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSafetensors } from '@cnn/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileByteCache } from '../cache/file-byte-cache.ts';
import type { WeightsProgress } from './download-weights.ts';
import { fetchPretrained } from './fetch-pretrained.ts';
import { loadPretrained } from './load-pretrained.ts';
import { PRETRAINED_ENTRIES, type PretrainedEntry, pretrainedEntry, type WeightsSource } from './pretrained-entry.ts';

const FILE = writeSafetensors(new Map([['a', { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) }]]));
const SHA256 = createHash('sha256').update(FILE).digest('hex');

let server: Server;
let folder: string;
let requests: string[];
let answer: RequestListener;

beforeEach(async () => {
  requests = [];
  answer = (_request, response) => response.end(FILE);
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  folder = await mkdtemp(join(tmpdir(), 'cnn-weights-'));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await rm(folder, { recursive: true });
});

function url(path: string): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;
}

function entry(...sources: WeightsSource[]): PretrainedEntry {
  const preprocessing = { inputShape: [3, 224, 224] };
  return { name: 'tiny', title: '', model: 'tiny-cnn', sources, maxBytes: 10_000, preprocessing };
}

describe('fetchPretrained', () => {
  it('downloads once, tells of its progress, and reads the cache afterwards', async () => {
    answer = (_request, response) => {
      response.setHeader('content-length', FILE.length);
      response.write(FILE.subarray(0, 40));
      setTimeout(() => response.end(FILE.subarray(40)), 20);
    };
    const seen: WeightsProgress[] = [];
    const tiny = entry({ url: url('weights.safetensors'), sha256: SHA256.slice(0, 8) });
    const options = { cache: fileByteCache(folder), onProgress: (progress: WeightsProgress) => seen.push(progress) };
    for (let i = 0; i < 2; i++) {
      const { state, preprocessing, model } = await fetchPretrained(tiny, options);
      expect(state.get('a')?.data).toEqual(Float32Array.of(1, 2));
      expect([preprocessing?.inputShape, model]).toEqual([[3, 224, 224], 'tiny-cnn']);
    }
    expect(requests).toEqual(['/weights.safetensors']);
    expect(seen.at(-1)).toMatchObject({ receivedBytes: FILE.length, totalBytes: FILE.length });
    expect(await readdir(join(folder, 'tiny'))).toEqual(['weights.safetensors']);
  });

  it('refuses a file with another checksum and keeps nothing of it', async () => {
    const tiny = entry({ url: url('weights.safetensors'), sha256: '00000000' });
    await expect(fetchPretrained(tiny, { cache: fileByteCache(folder) })).rejects.toMatchObject({
      code: 'checksum-mismatch',
      message: expect.stringContaining(SHA256),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('downloads again what was damaged in the cache', async () => {
    const tiny = entry({ url: url('weights.safetensors'), sha256: SHA256 });
    const cache = fileByteCache(folder);
    await cache.write('tiny/weights.safetensors', new Uint8Array(10));
    expect((await fetchPretrained(tiny, { cache })).state.size).toBe(1);
    expect(requests.length).toBe(1);
  });

  it('goes to the next home where the first fails, and names the reasons of all', async () => {
    answer = (request, response) => {
      if (request.url === '/good') response.end(FILE);
      else response.writeHead(404).end();
    };
    expect((await fetchPretrained(entry({ url: url('gone') }, { url: url('good') }))).state.size).toBe(1);
    const failing = fetchPretrained(entry({ url: url('gone') }, { url: url('lost') }));
    await expect(failing).rejects.toThrow(/gone: .*status 404.*lost: .*status 404/);
  });

  it.each<[string, RequestListener, RegExp]>([
    [
      'cut short',
      (_request, response) => {
        response.setHeader('content-length', FILE.length + 5);
        response.write(FILE);
        setTimeout(() => response.destroy(), 20);
      },
      /network|the whole file/,
    ],
    ['too large', (_request, response) => response.end(new Uint8Array(20_000)), /more than 10000 bytes/],
    ['no weights', (_request, response) => response.end('<html>Sign in</html>'), /the page of an error/],
  ])('refuses what is %s', async (_what, listener, reason) => {
    answer = listener;
    await expect(fetchPretrained(entry({ url: url('weights') }))).rejects.toThrow(reason);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    answer = (_request, response) => {
      response.write(FILE.subarray(0, 8));
      stop.abort();
    };
    const options = { signal: stop.signal };
    await expect(fetchPretrained(entry({ url: url('slow') }), options)).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('loadPretrained', () => {
  it('reads a local file, and says when it is not there', async () => {
    const path = join(folder, 'own.safetensors');
    await writeFile(path, FILE);
    expect((await loadPretrained(path)).state.size).toBe(1);
    await expect(loadPretrained(join(folder, 'none.pth'))).rejects.toMatchObject({ code: 'missing-file' });
  });

  it('names the nearest of the names that it knows', async () => {
    await expect(loadPretrained('resnet81', { cacheDir: folder })).rejects.toThrow(/Write resnet18/);
  });
});

describe('the public homes', () => {
  it('are torchvision, whose file names begin with the checksum, and the Hugging Face hub', () => {
    for (const { sources } of PRETRAINED_ENTRIES) {
      const [torchvision, hub] = sources;
      expect(torchvision?.url).toMatch(
        new RegExp(`^https://download\\.pytorch\\.org/models/.*-${torchvision?.sha256}\\.pth$`),
      );
      expect(hub?.url).toMatch(/^https:\/\/huggingface\.co\//);
    }
    expect(pretrainedEntry('resnet34').model).toBe('resnet34');
  });
});
