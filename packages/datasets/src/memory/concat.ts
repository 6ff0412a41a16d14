import { CnnError, type Dataset } from '@cnn/core';
import { checkIndex } from './check-index.ts';

/**
 * Data sets one after the other, as one. Their classes must be the same.
 *
 * @throws CnnError `invalid-argument` without a data set, or when the class names differ.
 */
export function concat(datasets: readonly Dataset[], options: { name?: string } = {}): Dataset {
  const [first] = datasets;
  if (!first) throw mismatch('at least one data set', 'none', 'Pass the data sets to join');
  for (const { name: other, classNames } of datasets) {
    if (classNames.join('\n') === first.classNames.join('\n')) continue;
    throw mismatch(
      `the classes of ${first.name} (${first.classNames.join(', ')})`,
      `those of ${other} (${classNames.join(', ')})`,
      'Join data sets of the same classes',
    );
  }
  const { name = datasets.map((dataset) => dataset.name).join(' + ') } = options;
  const length = datasets.reduce((sum, dataset) => sum + dataset.length, 0);
  const shapes = new Set(datasets.map(({ sampleShape }) => String(sampleShape)));
  return {
    name,
    length,
    classNames: first.classNames,
    sampleShape: shapes.size === 1 ? first.sampleShape : null,
    get(index) {
      checkIndex(index, length, name);
      let offset = index;
      let part = 0;
      while (offset >= datasets[part]!.length) offset -= datasets[part++]!.length;
      return datasets[part]!.get(offset);
    },
  };
}

function mismatch(expected: string, received: string, remedy: string): CnnError {
  return new CnnError('invalid-argument', { where: 'concat', expected, received, remedy });
}
