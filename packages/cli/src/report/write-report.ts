import { join } from 'node:path';
import type { Dataset } from '@cnn/core';
import type { ConfusionMatrix, Mistake } from '@cnn/metrics';
import { summary as summarise } from '@cnn/models';
import type { Outcome } from '@cnn/trainer';
import { configYaml } from '../config/write-config.ts';
import type { Experiment } from '../experiment/assemble-experiment.ts';
import { readEnvironment } from '../run-folder/environment.ts';
import type { RunSummary } from '../run-folder/run-summary.ts';
import { writeFileAtomic } from '../run-folder/write-file-atomic.ts';
import { formatCount } from '../terminal/format-number.ts';
import type { EvaluationFindings } from './evaluation-findings.ts';
import { reportPage } from './report-page.ts';
import { readRunEvents } from './run-events.ts';
import type { ReportedEvaluation, ShownMistake } from './run-report.ts';
import { samplePicture } from './sample-picture.ts';

/** Pictures of worst mistakes: with so many in colour a report stays below 1 MB. */
const MOST_OF_THE_TEST = 24;
const MOST_OF_VALIDATION = 12;

export interface ReportSource {
  readonly runDir: string;
  readonly experiment: Experiment;
  readonly outcome: Outcome;
  readonly summary: RunSummary;
  /** What the best validation found. */
  readonly validation: EvaluationFindings | null;
}

/** Writes `report.html` from the files of a run folder and from what is only known while the run is there. */
export async function writeReport({ runDir, experiment, outcome, summary, validation }: ReportSource): Promise<void> {
  const { config, data, model } = experiment;
  const [height, width, channels] = data.sampleShape;
  const test = testFindings(outcome);
  const evaluations = [
    test && data.test && (await reported(test, data.test, 'Test set')),
    validation &&
      data.validation &&
      (await reported(validation, data.validation, `Validation, epoch ${validation.epoch}`)),
  ];
  const page = reportPage({
    name: config.name,
    summary,
    notices: outcome.notices,
    errors: outcome.errors.map(({ message }) => message),
    events: await readRunEvents(join(runDir, 'metrics.jsonl')),
    evaluations: evaluations.filter((evaluation) => evaluation !== null),
    layers: summarise(model, { input: [channels, height, width] }),
    data: `${config.model.name} on ${config.data.name}: ${counts(experiment)}`,
    config: configYaml(config, runDir),
    environment: await readEnvironment(runDir),
  });
  await writeFileAtomic(join(runDir, 'report.html'), page);
}

function testFindings({ testResults }: Outcome): EvaluationFindings | null {
  const confusion = testResults?.confusionMatrix as ConfusionMatrix | undefined;
  const mistakes = (testResults?.worstMistakes ?? []) as readonly Mistake[];
  return confusion ? { epoch: null, confusion, mistakes } : null;
}

async function reported(found: EvaluationFindings, dataset: Dataset, title: string): Promise<ReportedEvaluation> {
  const { classNames } = found.confusion;
  const pictures = await Promise.all(
    found.mistakes
      .slice(0, found.epoch === null ? MOST_OF_THE_TEST : MOST_OF_VALIDATION)
      .map(async ({ index, label, predicted, probability }): Promise<ShownMistake> => {
        const picture = await samplePicture(await dataset.get(index));
        return { index, truth: classNames[label]!, predicted: classNames[predicted]!, probability, picture };
      }),
  );
  return { ...found, title, pictures };
}

function counts({ data: { train, validation, test } }: Experiment): string {
  const parts = [
    `${formatCount(train.length)} images to learn from`,
    validation && `${formatCount(validation.length)} to watch its progress`,
    test && `${formatCount(test.length)} for the test`,
  ];
  return parts.filter(Boolean).join(', ');
}
