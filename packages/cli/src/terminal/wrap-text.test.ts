import { expect, it } from 'vitest';
import { wrapText } from './wrap-text.ts';

it('breaks at words, the first line behind what stands before it', () => {
  expect(wrapText('one two three four', { width: 13, offset: 4, indent: 2 })).toBe('one two\n  three four');
});

it('leaves a word longer than a line whole', () => {
  expect(wrapText('a /very/long/path b', { width: 6 })).toBe('a\n/very/long/path\nb');
});
