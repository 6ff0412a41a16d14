import { relative, resolve } from 'node:path';
import { CnnError } from '@cnn/core';
import { findLearningRate, type LearningRateFinding } from '@cnn/trainer';
import { readConfig } from '../config/read-config.ts';
import { buildExperiment } from '../experiment/build-experiment.ts';
import { interruptSignal } from '../experiment/interrupt-signal.ts';
import type { CommandContext, Flags } from '../program.ts';
import { chartFile } from '../report/chart-file.ts';
import { lineChart, tickText } from '../report/line-chart.ts';
import { writeFileAtomic } from '../run-folder/write-file-atomic.ts';
import { formatTable } from '../terminal/format-table.ts';
import { textPlot } from '../terminal/text-plot.ts';

/** `cnn-cli lr-find`: the learning-rate range test, its curve and a rate to use. */
export async function lrFindCommand(
  source: string,
  overrides: readonly string[],
  flags: Flags,
  { terminal, signal }: CommandContext,
): Promise<number> {
  const { config } = await readConfig(source, { cwd: terminal.cwd, overrides });
  const range = {
    minLr: positive('--min-lr', flags.minLr),
    maxLr: positive('--max-lr', flags.maxLr),
    steps: positive('--steps', flags.steps),
  };
  const interrupt = interruptSignal({ terminal, signal });
  const experiment = await buildExperiment(config, { terminal, signal: interrupt.signal });
  try {
    const { model, loaders, optimizer, loss } = experiment;
    const { gradientClip, accumulate } = config.trainer;
    terminal.log(`Training ${range.steps} steps while the rate rises from ${range.minLr} to ${range.maxLr} …`);
    const finding = await findLearningRate({
      ...range,
      model,
      data: loaders.train,
      optimizer,
      loss,
      gradientClip,
      accumulate,
      seed: config.seed,
      signal: interrupt.signal,
    });
    if (typeof flags.svg === 'string') {
      const path = resolve(terminal.cwd, flags.svg);
      await writeFileAtomic(path, svgOf(finding));
      terminal.log(`Plot: ${relative(terminal.cwd, path)}`);
    }
    if (terminal.json) terminal.document(finding);
    else for (const line of findingLines(source, finding)) terminal.result(line);
    return 0;
  } finally {
    experiment.dispose();
    interrupt.dispose();
  }
}

function findingLines(source: string, { points, suggestion, divergedAt }: LearningRateFinding): string[] {
  const top = highestShown(points);
  const curve = points.map(({ lr, smoothedLoss }) => ({ x: Math.log10(lr), y: Math.min(smoothedLoss, top) }));
  const plot = textPlot(curve, {
    formatX: (x) => `lr ${(10 ** x).toExponential(0)}`,
    formatY: (y) => `loss ${y.toFixed(2)}`,
    mark: suggestion === null ? null : Math.log10(suggestion),
  });
  const advice =
    suggestion === null
      ? ['The loss never fell: try other rates by --min-lr and --max-lr, or look at the data.']
      : [
          `Suggestion: optimizer.lr=${suggestion.toPrecision(2)}, where the loss falls fastest`,
          `Try it: npx cnn-cli run ${source} optimizer.lr=${suggestion.toPrecision(2)}`,
        ];
  const end = divergedAt === null ? [] : [`Diverged at ${divergedAt.toPrecision(2)}`];
  const every = Math.max(1, Math.floor(points.length / 10));
  const rows = points
    .filter((_, index) => index % every === 0)
    .map(({ lr, loss, smoothedLoss }) => [lr.toExponential(2), loss.toFixed(4), smoothedLoss.toFixed(4)]);
  const columns = [
    { title: 'Rate', align: 'right' },
    { title: 'Loss', align: 'right' },
    { title: 'Smoothed', align: 'right' },
  ] as const;
  return [...plot, '', ...formatTable(columns, rows), '', ...end, ...advice];
}

/** Where the loss explodes, its height says nothing and hides where it fell: what is higher is drawn here. */
function highestShown(points: LearningRateFinding['points']): number {
  const first = points[0]?.smoothedLoss ?? 0;
  const least = Math.min(...points.map(({ smoothedLoss }) => smoothedLoss));
  return first + Math.max((first - least) / 2, first / 10);
}

function svgOf({ points, suggestion }: LearningRateFinding): string {
  const top = highestShown(points);
  const chart = lineChart({
    description: 'Loss while the learning rate rises',
    xLabel: 'learning rate',
    series: [
      {
        name: 'Loss',
        points: points.map(({ lr, loss }) => ({ x: lr, y: Math.min(loss, top) })),
        colour: 1,
        faint: true,
      },
      {
        name: 'Smoothed',
        points: points.map(({ lr, smoothedLoss }) => ({ x: lr, y: Math.min(smoothedLoss, top) })),
        colour: 1,
      },
    ],
    formatY: tickText,
    logX: true,
    mark: suggestion === null ? null : { x: suggestion, label: suggestion.toPrecision(2) },
  });
  return chartFile(chart, { title: 'Learning-rate range test' });
}

function positive(where: string, value: Flags[string]): number {
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new CnnError('invalid-argument', {
    where,
    expected: 'a number > 0',
    received: String(value),
    remedy: `Write for example ${where} ${where === '--steps' ? 100 : 0.001}`,
  });
}
