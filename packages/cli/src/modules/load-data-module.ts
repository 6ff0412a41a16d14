import { CnnError, type Dataset } from '@cnn/core';
import type { ComponentOptions } from '../config/component.ts';
import type { DataParts } from '../experiment/assemble-data.ts';
import { loadUserModule } from './load-user-module.ts';

/**
 * Opens a data set of the user's own: the default export of its module is a function of the options in the config and
 * the run's seed that returns `{ train, test }`, or a promise of it.
 *
 * @throws CnnError `invalid-config` when it is something else.
 */
export async function loadDataModule(
  path: string,
  { options, seed }: { options: ComponentOptions; seed: number },
): Promise<DataParts> {
  const open = await loadUserModule(path, 'data');
  const parts: unknown = typeof open === 'function' ? await open(options, { seed }) : open;
  if (typeof parts === 'object' && parts !== null && 'train' in parts && isDataset(parts.train)) {
    const test = 'test' in parts && isDataset(parts.test) ? parts.test : null;
    return { train: parts.train, test };
  }
  throw new CnnError('invalid-config', {
    where: `data ${path}`,
    expected: 'a default export that returns { train, test }, each a data set with length, classNames and get(index)',
    received: parts === null ? 'null' : typeof parts,
    remedy: 'Return for example { train: memoryDataset(...), test: null }',
  });
}

function isDataset(value: unknown): value is Dataset {
  return (
    typeof value === 'object' &&
    value !== null &&
    'length' in value &&
    'classNames' in value &&
    'get' in value &&
    typeof value.get === 'function'
  );
}
