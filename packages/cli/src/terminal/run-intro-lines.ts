import type { BuiltExperiment } from '../experiment/build-experiment.ts';
import { formatCount } from './format-number.ts';

/** What a person is told before the first batch: what is trained, on what, and with what. */
export function runIntroLines({ config, backend, data, model }: BuiltExperiment): string[] {
  const parameters = model.parameters().reduce((sum, { size }) => sum + size, 0);
  const parts = [
    `${formatCount(data.train.length)} images to learn from`,
    data.validation ? `${formatCount(data.validation.length)} to watch its progress` : '',
    data.test ? `${formatCount(data.test.length)} for the test` : '',
  ];
  const { epochs, maxSteps } = config.trainer;
  const length =
    maxSteps === null ? `${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}` : `at most ${formatCount(maxSteps)} steps`;
  const threads = backend.threads > 0 ? `, ${backend.threads} ${backend.threads === 1 ? 'thread' : 'threads'}` : '';
  return [
    `Training ${config.model.name} (${formatCount(parameters)} parameters) on ${config.data.name}, ${data.classNames.length} classes:`,
    `  ${parts.filter(Boolean).join(', ')}; ${length} on ${backend.name}${threads}. Ctrl+C saves and stops.`,
  ];
}
