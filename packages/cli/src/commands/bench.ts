import { type Batch, CnnError } from '@cnn/core';
import { dataOptions } from '../config/data-options.ts';
import { readConfig } from '../config/read-config.ts';
import { buildExperiment } from '../experiment/build-experiment.ts';
import { measureInference, measureTraining, type Timing } from '../experiment/measure-steps.ts';
import type { CommandContext, Flags } from '../program.ts';
import { formatBytes, formatCount } from '../terminal/format-number.ts';

/** What `bench --json` prints. Times in milliseconds a batch. */
interface BenchResult {
  readonly backend: string;
  readonly threads: number;
  readonly batchSize: number;
  readonly trainStepMs: Timing;
  readonly inferMs: Timing;
  /** Trained on, at the median step. */
  readonly imagesPerSecond: number;
  readonly peakRssBytes: number;
}

/** Different batches that are measured in turn. */
const BATCHES = 8;

/** `cnn-cli bench`: a config's training step and inference in steady state. */
export async function benchCommand(
  source: string,
  overrides: readonly string[],
  flags: Flags,
  { terminal, signal }: CommandContext,
): Promise<number> {
  const chosen = ['backend', 'threads'].flatMap((key) => (flags[key] === undefined ? [] : [`${key}=${flags[key]}`]));
  const { config } = await readConfig(source, { cwd: terminal.cwd, overrides: [...overrides, ...chosen] });
  const steps = stepCount(flags.steps);
  const experiment = await buildExperiment(config, { terminal, signal });
  const { model, loss, optimizer, loaders, backend } = experiment;
  const { batchSize } = dataOptions(config.data);
  const batches: Batch[] = [];
  for await (const batch of loaders.train) if (batches.push(batch) === BATCHES) break;

  terminal.log(`Measuring ${steps} training steps and ${steps} forward passes, once they have warmed up …`);
  const trainStepMs = await measureTraining({ model, loss, optimizer, batches }, { steps });
  const inferMs = await measureInference({ model, batches }, { steps });
  experiment.dispose();
  const result: BenchResult = {
    backend: backend.name,
    threads: backend.threads,
    batchSize,
    trainStepMs,
    inferMs,
    imagesPerSecond: (1000 * batchSize) / trainStepMs.median,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
  if (terminal.json) terminal.document(result);
  else for (const line of resultLines(config.name, result)) terminal.result(line);
  return 0;
}

function resultLines(name: string, result: BenchResult): string[] {
  const { backend, threads, batchSize, trainStepMs, inferMs, imagesPerSecond, peakRssBytes } = result;
  const timing = ({ median, p10, p90 }: Timing) =>
    `${median.toFixed(2)} ms (p10 ${p10.toFixed(2)}, p90 ${p90.toFixed(2)})`;
  return [
    `${name} on ${backend}, ${threads} ${threads === 1 ? 'thread' : 'threads'}, batch ${batchSize}`,
    `  Training step  ${timing(trainStepMs)}, ${formatCount(Math.round(imagesPerSecond))} images/s`,
    `  Inference      ${timing(inferMs)}`,
    `  Peak memory    ${formatBytes(peakRssBytes)}`,
  ];
}

function stepCount(value: Flags[string]): number {
  const steps = Number(value ?? 50);
  if (Number.isInteger(steps) && steps >= 1) return steps;
  throw new CnnError('invalid-argument', {
    where: '--steps',
    expected: 'a whole number ≥ 1',
    received: String(value),
    remedy: 'Write for example --steps 50',
  });
}
