import { defineConfig, type Options } from 'tsup';

/** One build for every package: ESM from the entries it names. Declarations come from `tsc -p tsconfig.build.json`. */
export function packageBuild(options: Options): ReturnType<typeof defineConfig> {
  return defineConfig({
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    clean: true,
    sourcemap: true,
    treeshake: true,
    ...options,
  });
}
