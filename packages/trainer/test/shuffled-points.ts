import { Generator } from '@cnn/core';
import { Points } from '../src/conformance/tiny-task.ts';
import type { FitOptions } from '../src/index.ts';

/** Points whose order is part of the run's checkpoints. */
export function shuffledPoints(): Pick<FitOptions, 'data' | 'generators'> {
  const generator = new Generator(3);
  return { data: new Points({ generator }), generators: { shuffle: generator } };
}
