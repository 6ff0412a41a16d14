import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const CONTENT_TYPES: Record<string, string> = { '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** A page that loads `/page.js`, and the files below some folders. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves on a free port of this machine.
 *
 * @param folders Address prefixes, such as `/`, and the folders behind them.
 * @param isolated Sends the headers that give the page shared memory.
 * @param others Headers to send besides.
 */
export async function servePage(
  folders: Readonly<Record<string, string>>,
  isolated: boolean,
  others: Readonly<Record<string, string>> = {},
): Promise<PageServer> {
  const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
  const headers = { ...(isolated ? isolation : {}), ...others };
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (path === '/') {
      response.writeHead(200, { 'Content-Type': 'text/html', ...headers });
      response.end('<!doctype html><title>conformance</title><script type="module" src="/page.js"></script>');
      return;
    }
    const prefix = Object.keys(folders).find((candidate) => candidate !== '/' && path.startsWith(candidate)) ?? '/';
    try {
      const body = await readFile(join(folders[prefix]!, path.slice(prefix.length)));
      const type = CONTENT_TYPES[extname(path)] ?? 'application/octet-stream';
      response.writeHead(200, { 'Content-Type': type, 'Cross-Origin-Resource-Policy': 'same-origin', ...headers });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
}
