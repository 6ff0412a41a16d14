import { copyFile, writeFile } from 'node:fs/promises';
import { packageBuild } from '../../tsup.config.base.ts';
import { workerSource } from './src/threads/worker-source.ts';

const BINARIES = ['cnn-kernels-simd.wasm', 'cnn-kernels-relaxed.wasm'];

export default packageBuild({
  entry: ['src/index.ts'],
  // For pages that fetch the kernels, and the workers' program, instead of carrying them: registerSimdBackend({ wasmUrl }).
  onSuccess: async () => {
    await Promise.all(BINARIES.map((name) => copyFile(`src/wasm/generated/${name}`, `dist/${name}`)));
    // A module, as everything in this package.
    await writeFile('dist/cnn-kernels-worker.js', `${workerSource}\nexport {};\n`);
  },
});
