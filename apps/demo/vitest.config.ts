import { packageTests } from '../../vitest.package.ts';

/** Node 20 has the level of WebAssembly that Chromium has only when asked: results are the same within a level. */
const RELAXED_SIMD = '--experimental-wasm-relaxed-simd';
const nodeMajor = Number(process.versions.node.split('.')[0]);

export default packageTests('demo', {
  // One browser at a time: what is measured in it is measured alone.
  fileParallelism: false,
  // A browser on a busy machine takes its time.
  expect: { poll: { timeout: 20_000 } },
  execArgv: nodeMajor < 22 ? [RELAXED_SIMD] : [],
});
