import { defaultClientConditions, defineConfig } from 'vite';

/** Threads need shared memory, and shared memory needs a cross-origin isolated page. */
const crossOriginIsolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './',
  server: { headers: crossOriginIsolation },
  preview: { headers: crossOriginIsolation },
  worker: { format: 'es' },
  // The packages' sources: never a stale build.
  resolve: { conditions: ['@cnn/source', ...defaultClientConditions] },
});
