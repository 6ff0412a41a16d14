import type { backend_util } from '@tensorflow/tfjs-core';
import type { CaseRandom } from '../case-random.ts';
import type { WindowPadding } from '../reference/window.ts';

/** Padding as tfjs-core's operations take it: by NHWC axis, where the ends differ. */
export function tfPadding(padding: WindowPadding): 'valid' | 'same' | backend_util.ExplicitPadding {
  if (typeof padding === 'string') return padding;
  // A plain number is not passed on: tfjs-core then takes the window's height and row stride for both axes.
  const [[top, bottom], [left, right]] = typeof padding === 'number' ? uniform(padding) : padding;
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

function uniform(padding: number): [[number, number], [number, number]] {
  return [
    [padding, padding],
    [padding, padding],
  ];
}

/** A padding for windows of at least `smallest` elements a side: never so much that a window sees padding only. */
export function randomPadding(random: CaseRandom, smallest: number): WindowPadding {
  const upTo = Math.min(2, smallest - 1);
  return random.pick<WindowPadding>([
    'valid',
    'same',
    random.int(0, upTo),
    [
      [random.int(0, upTo), random.int(0, upTo)],
      [random.int(0, upTo), random.int(0, upTo)],
    ],
  ]);
}
