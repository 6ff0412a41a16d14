import { join } from 'node:path';
import { confusionMatrix, worstMistakes } from '@cnn/metrics';
import { stagedUnfreezing } from '@cnn/models';
import { type Outcome, type StopWatch, trainer } from '@cnn/trainer';
import { fileStore } from '@cnn/trainer/node';
import { createCallbacks } from '../components/create-callbacks.ts';
import { monitoredMetric } from '../components/monitored-metric.ts';
import { flatConfig } from '../config/flat-config.ts';
import { configYaml } from '../config/write-config.ts';
import type { EvaluationFindings } from '../report/evaluation-findings.ts';
import { validationFindings } from '../report/validation-findings.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Experiment } from './assemble-experiment.ts';
import { trainOnFeatures } from './cached-features.ts';
import { experimentFitOptions } from './experiment-fit-options.ts';

export interface TrainOptions {
  readonly terminal: Terminal;
  /** Where checkpoints and logs go. */
  readonly runDir: string;
  readonly resume: boolean;
  /** Go on although the config has changed. */
  readonly force: boolean;
  readonly signal: AbortSignal;
  /** Told what each step spends its time on. */
  readonly watch?: StopWatch | undefined;
  /** Called when the run has begun: a checkpoint to resume from was found good, and its config the same. */
  readonly onBegin: () => Promise<void>;
}

/** What came of a training. */
export interface TrainedExperiment {
  readonly outcome: Outcome;
  /** What the best validation found beside its numbers; null without one. */
  readonly validation: EvaluationFindings | null;
}

/**
 * Trains, validates and tests an experiment, with its files in a run folder.
 *
 * @throws CnnError when the run could not begin; what goes wrong later stands in the outcome.
 */
export async function trainExperiment(
  experiment: Experiment,
  { terminal, runDir, resume, force, signal, watch, onBegin }: TrainOptions,
): Promise<TrainedExperiment> {
  const { config, metrics, generator, data } = experiment;
  const { transfer } = config;
  const cached =
    transfer && transfer.cacheFeatures !== 'off'
      ? await trainOnFeatures(experiment.model, data, { config, transfer, generator, terminal, signal })
      : null;
  const { model, loaders } = cached ?? experiment;
  const [height, width, channels] = data.sampleShape;
  const metricNames = config.metrics.map((_, index) => metrics[index]!.name);
  const context = {
    runDir,
    terminal,
    model: experiment.model,
    configText: configYaml(config, runDir),
    params: flatConfig(config),
    input: [channels, height, width],
    hasValidation: loaders.validation !== null,
    metricNames,
    note: (message: string) => terminal.log(`note: ${message}`),
  };
  const callbacks = await createCallbacks(config.callbacks, context);
  if (transfer && transfer.stages.length > 0) callbacks.unshift(stagedUnfreezing(transfer.stages));
  const confusion = confusionMatrix({ classNames: data.classNames });
  const mistakes = worstMistakes();
  const findings = validationFindings({ confusion, mistakes });
  callbacks.push(findings);
  const run = trainer({
    ...experimentFitOptions(experiment),
    ...monitoredMetric('best', { monitor: null, mode: null }, context),
    model,
    data: loaders.train,
    validation: loaders.validation,
    test: loaders.test,
    metrics: [...metrics.filter(({ name }) => name !== confusion.name), confusion, mistakes],
    callbacks,
    store: fileStore(join(runDir, 'checkpoints')),
    resume: resume ? { force } : false,
    signal,
    ...(watch ? { watch } : {}),
  });
  let begun = false;
  for await (const event of run) {
    if (event.type !== 'run-start') continue;
    begun = true;
    await onBegin();
  }
  const outcome = run.outcome!;
  if (!begun) throw outcome.errors[0];
  return { outcome, validation: findings.best };
}
