import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { createViteServer } from 'vitest/node';

/** Serves the sources to a browser, and takes the report that a page posts to `/report`. */
export async function pageServer(script: string): Promise<{ url: string; report: Promise<string> }> {
  let take: (report: string) => void;
  const report = new Promise<string>((resolve) => {
    take = resolve;
  });
  const server = createServer();
  const vite = await createViteServer({
    configFile: false,
    root: fileURLToPath(new URL('../../../../', import.meta.url)),
    logLevel: 'silent',
    appType: 'custom',
    optimizeDeps: { noDiscovery: true },
    resolve: { alias: { '@cnn/core': fileURLToPath(new URL('core-without-tensors.ts', import.meta.url)) } },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  });
  server.on('request', async (request, response) => {
    if (request.url === '/') {
      response.setHeader('content-type', 'text/html').end(`<!doctype html><script type="module">${script}</script>`);
    } else if (request.method === 'POST') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      take(Buffer.concat(chunks).toString());
      response.end();
    } else vite.middlewares(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await vite.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, report };
}
