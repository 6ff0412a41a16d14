import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import type { ReferenceArray } from './reference-array.ts';

/** Groups of operations that fail together. */
export const CONFORMANCE_FAMILIES = [
  'conv2d',
  'depthwise',
  'conv-block',
  'matMul',
  'max-pool',
  'avg-pool',
  'batch-norm',
  'activation',
  'softmax',
  'cross-entropy',
  'elementwise',
  'reduction',
  'rearrange',
  'resize-bilinear',
  'optimizer',
] as const;

/** One of {@link CONFORMANCE_FAMILIES}. */
export type ConformanceFamily = (typeof CONFORMANCE_FAMILIES)[number];

/**
 * What is special about a case: `non-finite` inputs, a `zero-sized` tensor, enough elements that threads share them
 * (`large`).
 */
export type ConformanceTag = 'non-finite' | 'zero-sized' | 'large';

/**
 * How values are compared: `each` value by its own magnitude, or all values by the `largest` magnitude among them,
 * as sums of products must be, whose terms cancel. Gradients are
 * always compared by the largest.
 */
export type ConformanceComparison = 'each' | 'largest';

/** One operation on given inputs, with what a right backend returns for it. */
export interface ConformanceCase {
  /** The group of operations that it belongs to, for reports. */
  readonly family: ConformanceFamily;
  /** Unique among all cases: the operation, shapes and attributes. */
  readonly name: string;
  /** What is special about its inputs. */
  readonly tags: readonly ConformanceTag[];
  /** How results are compared with the expected ones. */
  readonly comparison: ConformanceComparison;
  /** Inputs of the operation, in the order in which `run` takes them. */
  readonly inputs: readonly ReferenceArray[];
  /**
   * The operation on tensors made of `inputs`. Several results are not differentiated. `undefined` where the backend
   * does not offer it: the case is then skipped.
   */
  run(...inputs: Tensor[]): Tensor | readonly TensorInfo[] | undefined;
  /** What `run` should return, in double precision. */
  value(): ReferenceArray | readonly ReferenceArray[];
  /**
   * The gradient of each input for the gradient `dy` of the one output, in double precision; `undefined` for an input
   * that has none. Left out where the operation is not differentiated.
   */
  gradient?(dy: ReferenceArray): readonly (ReferenceArray | undefined)[];
}

/** A case with the usual tags and comparison left out. */
export type CaseDescription = Omit<ConformanceCase, 'tags' | 'comparison'> &
  Partial<Pick<ConformanceCase, 'tags' | 'comparison'>>;

/** Fills in what most cases share. */
export function conformanceCase(description: CaseDescription): ConformanceCase {
  return { tags: [], comparison: 'largest', ...description };
}
