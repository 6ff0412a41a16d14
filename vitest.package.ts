import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Test settings of one package: sources instead of `dist`, tests beside the source, in Node. */
export function packageTests(name: string, test: ViteUserConfig['test'] = {}): ViteUserConfig {
  const conditions = ['@cnn/source', 'module', 'node', 'import', 'default'];
  return defineConfig({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      name,
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      environment: 'node',
      testTimeout: 60_000,
      ...test,
    },
  });
}
