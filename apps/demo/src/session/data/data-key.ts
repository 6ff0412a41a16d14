import type { NamedComponent } from '@cnn/cli/config';

/** What every data set is asked for, whichever it is: not what tells one from another. */
const COMMON: ReadonlySet<string> = new Set([
  'root',
  'download',
  'batchSize',
  'evalBatchSize',
  'shuffle',
  'dropLast',
  'validation',
  'limit',
  'testLimit',
  'transforms',
  'augment',
]);

/** Tells data sets apart: the `data` of a configuration without batch size, augmentation and whatever else all share. */
export function dataKey(data: NamedComponent): string {
  const own = Object.entries(data).filter(([key, value]) => !COMMON.has(key) && value !== null);
  return JSON.stringify(Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1))));
}
