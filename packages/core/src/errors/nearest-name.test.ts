import { describe, expect, it } from 'vitest';
import { nameDistance, nearestName } from './nearest-name.ts';

describe('nearestName', () => {
  it('finds the name that a typo was meant to be', () => {
    expect(nearestName('twoblock-cn', ['tiny-cnn', 'two-block-cnn', 'mlp'])).toBe('two-block-cnn');
    expect(nearestName('accuarcy', ['recall', 'accuracy'])).toBe('accuracy');
  });

  it('ignores case and separators', () => {
    expect(nameDistance('batch_size', 'batchSize')).toBe(0);
  });

  it('knows none among no candidates', () => {
    expect(nearestName('adam', [])).toBeUndefined();
  });
});
