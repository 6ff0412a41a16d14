import type { RunSummary } from '../run-folder/run-summary.ts';
import { formatCount, formatSeconds } from './format-number.ts';
import { formatMeasure, measureLines } from './measure-lines.ts';

/** What a person is told at the end of a run: the result first, then what it took, then what to do next. */
export function runReportLines(
  summary: RunSummary,
  folder: string,
  { bold = (text) => text }: { bold?: (text: string) => string } = {},
): string[] {
  const { status, reason, epochs, steps, best, test, parameters, seconds, imagesPerSecond, backend, threads } = summary;
  const lines: string[] = [''];
  if (test?.accuracy !== undefined) lines.push(bold(`Test accuracy: ${formatMeasure('accuracy', test.accuracy)}`));
  if (test) lines.push('', 'On images that the network has never seen:', ...measureLines(test), '');
  if (best) lines.push(`Best epoch: ${best.epoch} (${best.metric} ${formatMeasure(best.metric, best.value)})`);
  const speed = imagesPerSecond > 0 ? `, ${formatCount(Math.round(imagesPerSecond))} images/s` : '';
  const processors = threads > 0 ? `, ${threads} ${threads === 1 ? 'thread' : 'threads'}` : '';
  lines.push(
    `${how(status, reason)} ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}, ${formatCount(steps)} ${steps === 1 ? 'step' : 'steps'} in ${formatSeconds(seconds)}${speed} on ${backend}${processors}`,
    `Network: ${formatCount(parameters)} parameters`,
    `Run folder: ${folder}`,
    `Report: ${folder}/report.html`,
  );
  if (status === 'completed' || status === 'stopped') {
    lines.push('', 'Next:', `  npx cnn-cli predict ${folder} my-image.png`, `  npx cnn-cli eval ${folder}`);
  }
  return lines;
}

/** What became of the run, before what it did. */
function how(status: RunSummary['status'], reason: string): string {
  if (status === 'completed') return 'Trained';
  return status === 'interrupted' ? `${capital(reason)}:` : `${capital(status)} (${reason}):`;
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}
