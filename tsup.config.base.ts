import { defineConfig, type Options } from 'tsup';

/** One build for every package: ESM with declarations, from the entries it names. */
export function packageBuild(options: Options): ReturnType<typeof defineConfig> {
  return defineConfig({
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
    clean: true,
    sourcemap: true,
    treeshake: true,
    ...options,
  });
}
