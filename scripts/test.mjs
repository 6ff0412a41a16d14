// Runs every test of every package and ends with one plain line: `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('..', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'cnn-test-'));
const report = join(folder, 'report.json');
const vitest = 'node_modules/vitest/vitest.mjs';
const args = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const { status } = spawnSync(process.execPath, [...args, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });

const totals = JSON.parse(readFileSync(report, 'utf8'));
rmSync(folder, { recursive: true });
const suitesThatDidNotLoad = totals.testResults.filter(
  (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
).length;
const failed = totals.numFailedTests + suitesThatDidNotLoad;
const skipped = totals.numPendingTests + totals.numTodoTests;
if (skipped > 0) console.log(`${skipped} skipped: they need data or a browser that is not here; each says which.`);
console.log(`${totals.numPassedTests} passed, ${failed} failed`);
process.exit(status === 0 && failed === 0 ? 0 : 1);
