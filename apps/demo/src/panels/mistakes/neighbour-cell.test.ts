import { expect, test } from 'vitest';
import { neighbourCell } from './neighbour-cell.ts';

test('arrow keys go from cell to cell, and stay on the table', () => {
  expect(neighbourCell([4, 4], 'ArrowLeft', 10)).toEqual([4, 3]);
  expect(neighbourCell([4, 4], 'ArrowDown', 10)).toEqual([5, 4]);
  expect(neighbourCell([0, 9], 'ArrowUp', 10)).toEqual([0, 9]);
  expect(neighbourCell([0, 9], 'ArrowRight', 10)).toEqual([0, 9]);
  expect(neighbourCell([3, 5], 'Home', 10)).toEqual([3, 0]);
  expect(neighbourCell([3, 5], 'End', 10)).toEqual([3, 9]);
  expect(neighbourCell([3, 5], 'Enter', 10)).toBeNull();
});
