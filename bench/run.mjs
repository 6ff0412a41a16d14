// Times a training step and inference of this project and of its rivals, interleaved in one run, and prints ratios.
//
//   pnpm bench [--networks two-block-cnn,tiny-cnn] [--threads 2] [--rounds 8] [--json FILE] [--python PYTHON]
//
// `--rivals` names who takes part. `pytorch:/usr/bin/python3` is PyTorch as another Python has it; `node` is native
// TensorFlow, found as a dependency or in the folder CNN_TFJS_NODE (docs/tfjs-node-from-source.md).
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { installRivals } from './install-rivals.mjs';
import { writeMnistBatches, writeOnnx } from './prepare.mjs';

const NOTEBOOKS = ['simple-cnn-64', 'simple-cnn-128', 'two-block-cnn', 'tiny-cnn', 'basic-cnn'];
/** JavaScript engines compile what runs often: a training step has its last speed after some 300 repetitions. */
const WARM_UP = { steps: 3, leastMs: 4000, mostMs: 8000 };
const TURN = { steps: 5, leastMs: 50, mostMs: 2000 };
/** Threads of the rival before may look for work for a while before they sleep. */
const REST_MS = 300;
/** The reference of every ratio. */
const OURS = 'simd';

const { values: options } = parseArgs({
  options: {
    networks: { type: 'string', default: [...NOTEBOOKS, 'resnet18'].join(',') },
    threads: { type: 'string', default: String(Math.min(cpus().length, 8)) },
    rounds: { type: 'string', default: '8' },
    rivals: { type: 'string', default: 'simd,pytorch,onnxruntime-node,onnxruntime-web,wasm,cpu,node,jax-js' },
    python: { type: 'string', default: process.env.CNN_PYTHON ?? 'python3' },
    json: { type: 'string' },
  },
});
const threads = Number(options.threads);
const folder = mkdtempSync(join(tmpdir(), 'cnn-bench-'));
installRivals();

const results = [];
for (const network of options.networks.split(',')) {
  const big = network.startsWith('resnet');
  for (const batchSize of big ? [16] : [64, 1]) {
    results.push(...(await compare({ network, batchSize, threads })));
  }
}
rmSync(folder, { recursive: true });
if (options.json)
  writeFileSync(
    options.json,
    `${JSON.stringify({ cpu: cpus()[0]?.model, node: process.version, results }, null, 2)}\n`,
  );

/** All rivals on one network and batch size: they are set up together and take turns. */
async function compare(job) {
  const kinds = job.batchSize === 1 ? ['infer'] : ['train', 'infer'];
  const shared = { command: 'setup', seed: 0, ...job, ...(await writeMnistBatches(job, folder)) };
  const onnx = await writeOnnx(job, folder);
  const rivals = [];
  for (const name of options.rivals.split(',')) {
    const rival = start(name);
    const setup = await rival.ask({ ...shared, onnx, ...rival.extra });
    if (setup.unsupported) {
      console.error(`  ${name}: left out. ${setup.unsupported}`);
      rival.end();
    } else rivals.push({ ...rival, version: setup.version, threads: setup.threads });
  }
  const rows = [];
  for (const kind of kinds) {
    const takers = rivals.filter(({ does }) => does.includes(kind)).map((rival) => ({ ...rival, ms: [] }));
    for (const taker of takers) if (!taker.once) await taker.ask({ command: kind, ...WARM_UP });
    for (let round = 0; round < Number(options.rounds); round++) {
      for (const taker of takers) {
        if (taker.once && round > 0) continue;
        await sleep(REST_MS);
        const { ms, unsupported } = await taker.ask({ command: kind, ...(taker.once ? { steps: 1 } : TURN) });
        if (unsupported) console.error(`  ${taker.name}: ${unsupported}`);
        taker.ms.push(...(ms ?? []));
      }
    }
    rows.push(...report(job, kind, takers));
  }
  for (const rival of rivals) rival.end();
  return rows;
}

function report(job, kind, takers) {
  const ours = takers.find(({ name }) => name === OURS)?.ms ?? [];
  console.log(
    `\n${job.network}, batch ${job.batchSize}, ${kind === 'train' ? 'training step' : 'inference'}, ${threads} threads`,
  );
  return takers.map(({ name, version, threads: used, ms }) => {
    const figures = { median: median(ms), p10: quantile(ms, 0.1), p90: quantile(ms, 0.9) };
    const ratio = median(ours) / figures.median;
    // Where other programs are at work too, what they did not disturb says more.
    const quietRatio = quantile(ours, 0.1) / figures.p10;
    const cells = [
      name.padEnd(16),
      String(version ?? '').padEnd(14),
      `${figures.median.toFixed(2)} ms`.padStart(13),
      `(${figures.p10.toFixed(2)} to ${figures.p90.toFixed(2)})`.padStart(24),
      name === OURS ? '' : `${OURS} takes ${ratio.toPrecision(2)} of it (${quietRatio.toPrecision(2)} of its p10)`,
    ];
    console.log(`  ${cells.join('  ')}`.trimEnd());
    return {
      ...job,
      threads: used,
      kind,
      rival: name,
      version,
      ms: figures,
      ratioOfOurs: ratio,
      quietRatioOfOurs: quietRatio,
      samples: ms.length,
    };
  });
}

/** A rival as a process of its own, answering requests in order. */
function start(name) {
  const own = { simd: {}, wasm: {}, node: {}, cpu: { once: true } };
  const [kind, python = options.python] = name.split(':');
  const [command, args] =
    kind === 'pytorch'
      ? [python, ['bench/rivals/pytorch.py']]
      : [process.execPath, [`bench/rivals/${own[name] ? 'cnn' : name}.mjs`]];
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, OMP_NUM_THREADS: String(threads) },
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  return {
    name,
    once: own[name]?.once === true,
    does: name.startsWith('onnxruntime') ? ['infer'] : ['train', 'infer'],
    extra: own[name] ? { backend: name } : {},
    end: () => child.stdin.end(),
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await answers.next();
      return done ? { unsupported: `${command} ${args.join(' ')} does not run here` } : JSON.parse(value);
    },
  };
}

function median(values) {
  return quantile(values, 0.5);
}

function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
