// `node test/tfjs-core-tests/run.mjs [cpu|simd[:threads] …]`: tfjs-core's own tests of operations, by default on the
// cpu backend, whose outcome is the measure, and on simd with 1 and 2 threads.
import { buildWasm } from '../../scripts/build-wasm.mjs';
import { runTfjsCoreTests } from './run-tfjs-core-tests.mjs';

const SHOWN_FAILURES = 40;

const wanted = process.argv.slice(2);
await buildWasm({ ifStale: true });
for (const name of wanted.length > 0 ? wanted : ['cpu', 'simd:1', 'simd:2']) {
  const [backend, threads] = name.split(':');
  const start = performance.now();
  const { passed, failed, pending, failures } = await runTfjsCoreTests(
    backend,
    backend === 'simd' ? { threads: Number(threads ?? 1) } : {},
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${name}: ${passed} passed, ${failed} failed, ${pending} pending (${seconds} s)`);
  for (const failure of failures.slice(0, SHOWN_FAILURES)) console.log(`  ${failure.name}\n    ${failure.message}`);
  if (failures.length > SHOWN_FAILURES) console.log(`  and ${failures.length - SHOWN_FAILURES} more`);
  if (failed > 0 || failures.length > 0) process.exitCode = 1;
}
