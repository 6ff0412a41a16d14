import { copyFile } from 'node:fs/promises';
import { packageBuild } from '../../tsup.config.base.ts';

const BINARIES = ['cnn-kernels-simd.wasm', 'cnn-kernels-relaxed.wasm'];

export default packageBuild({
  entry: ['src/index.ts'],
  // For pages that fetch the kernels instead of carrying them: registerSimdBackend({ wasmUrl }).
  onSuccess: async () => {
    await Promise.all(BINARIES.map((name) => copyFile(`src/wasm/generated/${name}`, `dist/${name}`)));
  },
});
