// Runs the bundle of tests whose path is given, in jasmine 3, and prints the outcome as one line of JSON.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const jasmineCore = createRequire(import.meta.url)('jasmine-core');
const jasmine = jasmineCore.boot(jasmineCore);
Object.assign(globalThis, { jasmine });

const outcome = { passed: 0, failed: 0, pending: 0, failures: [] };
jasmine.getEnv().configure({ random: false });
jasmine.getEnv().addReporter({
  specDone({ status, fullName, failedExpectations }) {
    if (status === 'passed' || status === 'failed' || status === 'pending') outcome[status]++;
    if (status === 'failed') {
      outcome.failures.push({ name: fullName, message: failedExpectations[0]?.message ?? '' });
    }
  },
  suiteDone({ fullName, failedExpectations }) {
    for (const { message } of failedExpectations) outcome.failures.push({ name: `${fullName} (set up)`, message });
  },
  jasmineDone({ overallStatus }) {
    process.stdout.write(`${JSON.stringify({ ...outcome, overallStatus })}\n`);
  },
});

await import(pathToFileURL(process.argv[2]).href);
jasmine.getEnv().execute();
