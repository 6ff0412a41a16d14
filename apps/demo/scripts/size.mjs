// Prints what a first visit loads before training starts, gzipped, and fails over the budget: the page with the panels
// that are seen first, and the Worker with its engine. Panels further down are fetched when one scrolls to them.
// The static imports of each entry are followed in the built files; of what the Worker imports when it is asked to, the
// CPU engine counts (one build of its WebAssembly), the graphics backends do not: they are fetched where they are used.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

// A first visit is to load less than 300 kB: the build fails before it comes near.
const BUDGET_BYTES = 280_000;
const FIRST_PANELS = ['learning', 'drawing'];
const dist = new URL('../dist/', import.meta.url).pathname;
const assets = join(dist, 'assets');
if (!existsSync(assets)) {
  console.error('No build in apps/demo/dist: run `pnpm --filter demo build` first.');
  process.exit(1);
}

const files = readdirSync(assets);
const text = new Map(
  files.filter((file) => /\.js$/.test(file)).map((file) => [file, readFileSync(join(assets, file), 'utf8')]),
);
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const named = (prefix) => files.filter((file) => file.startsWith(prefix) && /\.js$/.test(file));

/** A file with everything that it imports at once. */
function closure(file, into = new Set()) {
  if (into.has(file) || !files.includes(file)) return into;
  into.add(file);
  for (const [, other] of (text.get(file) ?? '').matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+)["'`]/g))
    closure(other, into);
  return into;
}

/** Files that a file imports when it is asked to, styles included. */
function lazily(file) {
  const source = text.get(file) ?? '';
  const imported = [...source.matchAll(/import\(\s*["'`]\.\/([\w.-]+)["'`]/g)].map(([, other]) => other);
  const styles = [...source.matchAll(/assets\/([\w.-]+\.css)/g)].map(([, other]) => other);
  return [...imported, ...styles];
}

const entries = [...html.matchAll(/assets\/([\w.-]+\.(?:js|css))/g)].map(([, file]) => file);
const page = new Set(entries.flatMap((file) => [...closure(file)]));
const allPanels = [...page].flatMap(lazily);
const withStyles = (file) => [...closure(file)];
const isFirst = (file) => FIRST_PANELS.some((name) => file.startsWith(name));
const panels = new Set(allPanels.filter(isFirst).flatMap(withStyles));
const later = new Set(
  [...allPanels.filter((file) => !isFirst(file)), ...[...panels].flatMap(lazily)].flatMap(withStyles),
);
const worker = new Set(named('session.worker').flatMap((file) => [...closure(file)]));
const engine = new Set(
  [...worker]
    .flatMap(lazily)
    .filter((file) => /^create-simd-backend/.test(file))
    .flatMap((file) => [...closure(file)]),
);
const wasm = new Set(
  [...engine]
    .flatMap(lazily)
    .filter((file) => /wasm/.test(file))
    .sort((a, b) => size(b) - size(a))
    .slice(0, 1),
);

function size(file) {
  return gzipSync(readFileSync(join(assets, file)), { level: 9 }).length;
}

const counted = new Set();
const rows = [
  ['page', page],
  ['panels', panels],
  ['worker', worker],
  ['engine', engine],
  ['wasm', wasm],
].map(([name, set]) => {
  const own = [...set].filter((file) => !counted.has(file));
  for (const file of own) counted.add(file);
  return [name, own.reduce((sum, file) => sum + size(file), name === 'page' ? gzipSync(html, { level: 9 }).length : 0)];
});
const further = [...later].filter((file) => !counted.has(file)).reduce((sum, file) => sum + size(file), 0);
const total = rows.reduce((sum, [, bytes]) => sum + bytes, 0);
const line = (name, bytes) => `${name.padEnd(8)} ${(bytes / 1000).toFixed(1).padStart(7)} kB gzipped`;
for (const [name, bytes] of rows) console.log(line(name, bytes));
console.log(line('total', total));
console.log(`${line('later', further)}, panels further down and what draws curves`);
console.log(`${'budget'.padEnd(8)} ${(BUDGET_BYTES / 1000).toFixed(1).padStart(7)} kB before training starts`);
if (rows.some(([, bytes]) => bytes === 0)) {
  console.error('A part has no files: the names of the built files have changed, and so must this script.');
  process.exit(1);
}
if (total > BUDGET_BYTES) {
  console.error(`Over the budget by ${((total - BUDGET_BYTES) / 1000).toFixed(1)} kB.`);
  process.exit(1);
}
