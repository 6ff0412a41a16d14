// Bundles tfjs-core with its own tests of operations and one backend, so that all three share one copy of tfjs-core.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
const distPath = join(dirname(require.resolve('@tensorflow/tfjs-core/package.json')), 'dist');

const BACKENDS = {
  cpu: () => `import '@tensorflow/tfjs-backend-cpu';`,
  simd: (options) => `
    import { registerSimdBackend } from '${join(packageRoot, 'src/index.ts')}';
    registerSimdBackend(${JSON.stringify(options)});`,
};

/**
 * Writes the bundle to `outputPath`: an ES module that declares the suites when it is imported, for which jasmine's
 * globals must exist.
 *
 * @param {{ backend: 'cpu' | 'simd', options?: object, outputPath: string }} request
 */
export async function bundleTests({ backend, options = {}, outputPath }) {
  const tests = readdirSync(join(distPath, 'ops'), { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('_test.js'))
    .sort();
  const environment = [{ name: backend, backendName: backend, isDataSync: true }];
  await build({
    stdin: {
      resolveDir: packageRoot,
      contents: `
        import 'tests:environment';
        ${tests.map((path) => `import '${join(distPath, 'ops', path)}';`).join('\n')}`,
    },
    outfile: outputPath,
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    conditions: ['@cnn/source'],
    // The package marks its tests free of side effects: without this they would be left out of the bundle.
    ignoreAnnotations: true,
    logLevel: 'error',
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(import.meta.url)});`,
    },
    plugins: [
      {
        name: 'environment',
        setup(bundler) {
          bundler.onResolve({ filter: /^tests:environment$/ }, ({ path }) => ({ path, namespace: 'tests' }));
          bundler.onLoad({ filter: /.*/, namespace: 'tests' }, () => ({
            resolveDir: packageRoot,
            loader: 'js',
            contents: `
              import '@tensorflow/tfjs-core';
              import '${join(distPath, 'public/chained_ops/register_all_chained_ops.js')}';
              import '${join(distPath, 'register_all_gradients.js')}';
              import { setTestEnvs } from '${join(distPath, 'jasmine_util.js')}';
              ${BACKENDS[backend](options)}
              // Suites are declared for the environments known by then: this module comes before them.
              setTestEnvs(${JSON.stringify(environment)});`,
          }));
        },
      },
    ],
  });
}
