import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** How one path of the server answers. */
export interface ServedFile {
  readonly bytes: Uint8Array;
  /** Ignore `Range` headers, as some servers do. */
  readonly noRanges?: boolean;
  /** Break the connection after so many bytes of a response, for the first `breaks` requests. */
  readonly breakAfter?: number;
  readonly breaks?: number;
}

/** A running server on 127.0.0.1. */
export interface FileServer {
  /** Address with a slash at its end. */
  readonly url: string;
  /** Paths and `Range` headers of the requests so far. */
  readonly requests: string[];
}

/** Serves files over HTTP with ranges, and with the failures that were asked for; 404 for other paths. */
export async function fileServer(files: Readonly<Record<string, ServedFile>>): Promise<FileServer> {
  const requests: string[] = [];
  const broken = new Map<string, number>();
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '').slice(1);
    requests.push(`${path}${request.headers.range ? ` ${request.headers.range}` : ''}`);
    const file = files[path];
    if (!file) {
      response.writeHead(404).end('no such file');
      return;
    }
    const { bytes } = file;
    const start = file.noRanges ? 0 : Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (start >= bytes.length && start > 0) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
      return;
    }
    const partial = start > 0;
    response.writeHead(partial ? 206 : 200, {
      'content-length': bytes.length - start,
      ...(partial ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}),
    });
    const times = broken.get(path) ?? 0;
    if (file.breakAfter !== undefined && times < (file.breaks ?? Infinity)) {
      broken.set(path, times + 1);
      response.write(bytes.subarray(start, start + file.breakAfter), () =>
        setTimeout(() => request.socket.destroy(), 20),
      );
      return;
    }
    response.end(bytes.subarray(start));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, requests };
}
