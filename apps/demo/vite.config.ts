import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

/** Threads need shared memory, and shared memory needs a cross-origin isolated page. */
const crossOriginIsolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const SERVICE_WORKER = 'service-worker';

/** Tells the service worker which files the build has: it keeps them all. */
function precache(): Plugin {
  return {
    name: 'precache',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle[`${SERVICE_WORKER}.js`];
        if (worker?.type !== 'chunk') return; // a Worker's own build
        const built = Object.keys(bundle).filter((file) => file !== worker.fileName && !file.endsWith('.map'));
        const files = [...built, ...readdirSync(fileURLToPath(new URL('public', import.meta.url)))].sort();
        // Names carry a hash of their content; the page itself does not.
        const page = bundle['index.html'];
        const content = page?.type === 'asset' ? page.source : '';
        const version = createHash('sha256').update(files.join()).update(content).digest('hex').slice(0, 12);
        worker.code = `const PRECACHE = ${JSON.stringify({ version, files })};\n${worker.code}`;
      },
    },
  };
}

export default defineConfig({
  base: './',
  server: { headers: crossOriginIsolation },
  preview: { headers: crossOriginIsolation },
  worker: { format: 'es' },
  // The packages' sources: never a stale build.
  resolve: { conditions: ['@cnn/source', ...defaultClientConditions] },
  plugins: [precache()],
  // What the Worker imports is bundled before the first visit, too, which would be reloaded in the middle otherwise.
  optimizeDeps: { entries: ['index.html', 'src/session/session.worker.ts'] },
  build: {
    rollupOptions: {
      input: { index: 'index.html', [SERVICE_WORKER]: 'src/service-worker/service-worker.ts' },
      output: {
        // At the root: a service worker is in charge of the folder that it is in.
        entryFileNames: ({ name }) => (name === SERVICE_WORKER ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
