// Enforces what a linter of single files cannot see: file lengths, vague names, and who may import whom.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const MAX_LINES = 400;
const VAGUE_NAMES = /^(types|utils?|helpers?|common|misc)\.tsx?$/;
const MAY_IMPORT = {
  core: [],
  'backend-simd': ['core'],
  datasets: ['core'],
  models: ['core'],
  metrics: ['core'],
  trainer: ['core'],
  cli: ['core', 'backend-simd', 'datasets', 'models', 'metrics', 'trainer'],
};

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'packages', 'apps'], {
  encoding: 'utf8',
}).split('\n');
const problems = [];
for (const file of files.filter((name) => /\.tsx?$/.test(name) && !/\/(dist|fixtures|generated)\//.test(name))) {
  let source;
  try {
    source = readFileSync(file, 'utf8');
  } catch {
    continue; // deleted, not yet committed
  }
  const lines = source.split('\n').length - 1;
  if (lines > MAX_LINES) problems.push(`${file}: expected at most ${MAX_LINES} lines, received ${lines}. Split it.`);
  if (VAGUE_NAMES.test(basename(file))) problems.push(`${file}: expected a file named for what it exports.`);
  const owner = /^packages\/([^/]+)\/src\//.exec(file)?.[1];
  if (owner && !/\.test\.ts$/.test(file)) {
    for (const [, imported] of source.matchAll(/(?:from|import)\s*\(?\s*'@cnn\/([a-z-]+)/g)) {
      if (imported !== owner && !MAY_IMPORT[owner].includes(imported)) {
        problems.push(
          `${file}: expected no import of @cnn/${imported}. ${owner} may import: ${MAY_IMPORT[owner].join(', ') || 'nothing'}.`,
        );
      }
    }
  }
}
for (const problem of problems) console.error(problem);
console.log(
  problems.length === 0 ? 'Architecture: sizes, names and imports are as agreed.' : `${problems.length} problems`,
);
process.exit(problems.length === 0 ? 0 : 1);
