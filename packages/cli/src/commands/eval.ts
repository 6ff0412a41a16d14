import { relative } from 'node:path';
import { CnnError, type Metric } from '@cnn/core';
import { confusionMatrix } from '@cnn/metrics';
import { evaluate } from '@cnn/trainer';
import { LOSSES } from '../components/losses.ts';
import { METRICS } from '../components/metrics.ts';
import { createBuiltIn } from '../config/built-in.ts';
import { createEvaluationLoader } from '../experiment/assemble-data.ts';
import { interruptSignal } from '../experiment/interrupt-signal.ts';
import { loadTrainedModel } from '../experiment/load-trained-model.ts';
import { locateWeights } from '../experiment/locate-weights.ts';
import { openData } from '../experiment/open-data.ts';
import { useBackend } from '../experiment/use-backend.ts';
import type { CommandContext } from '../program.ts';
import { formatCount, formatSeconds } from '../terminal/format-number.ts';
import { measureLines } from '../terminal/measure-lines.ts';

/** `cnn-cli eval`: loss and all metrics of a trained model on the test set. */
export async function evalCommand(
  source: string,
  overrides: readonly string[],
  { terminal, signal }: CommandContext,
): Promise<number> {
  const { cwd } = terminal;
  const located = await locateWeights(source, { cwd, overrides });
  const { config } = located;
  const backend = await useBackend(config, { terminal });
  const { test, transforms, sampleShape, classNames } = await openData(config, { cwd });
  if (!test) throw noTestSet(config.data.name);
  const model = await loadTrainedModel(located, { sampleShape, classCount: classNames.length });
  const interrupt = interruptSignal({ terminal, signal });
  try {
    const metrics: Metric<unknown>[] = config.metrics.map((metric) => createBuiltIn(METRICS, metric, undefined));
    const loader = createEvaluationLoader(test, transforms, config);
    const loss = createBuiltIn(LOSSES, config.loss, undefined);
    const all = [...metrics, confusionMatrix({ classNames })];
    const { measures, results, samples, seconds } = await evaluate(model, loader, {
      loss,
      metrics: all,
      signal: interrupt.signal,
    });
    if (terminal.json) {
      terminal.document({
        weights: relative(cwd, located.path),
        samples,
        ...measures,
        ...results,
        seconds,
        backend: backend.name,
      });
    } else {
      terminal.result(
        `${formatCount(samples)} test images of ${test.name} in ${formatSeconds(seconds)} on ${backend.name}`,
      );
      for (const line of measureLines(measures)) terminal.result(line);
    }
    return 0;
  } finally {
    interrupt.dispose();
    model.dispose();
  }
}

function noTestSet(name: string): CnnError {
  return new CnnError('invalid-config', {
    where: 'eval',
    expected: 'a data set with a test part',
    received: `${name} without one`,
    remedy: 'Name it in the config, or by an override such as data=mnist',
  });
}
