import { packageTests } from '../../vitest.package.ts';

export default packageTests('trainer', {
  setupFiles: ['test/use-cpu-backend.ts'],
  // The examples and the README import the package by its name.
  alias: [
    { find: /^@cnn\/trainer$/, replacement: new URL('src/index.ts', import.meta.url).pathname },
    { find: /^@cnn\/trainer\/(node|conformance)$/, replacement: new URL('src/$1.ts', import.meta.url).pathname },
  ],
});
