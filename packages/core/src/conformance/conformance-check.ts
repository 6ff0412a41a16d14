import { engine, grads, memory, Tensor, type TensorInfo, tensor, tidy } from '@tensorflow/tfjs-core';
import { CaseRandom } from './case-random.ts';
import { type ArrayDifference, type ConformanceTolerance, compareArrays } from './compare-arrays.ts';
import type { ConformanceCase, ConformanceComparison, ConformanceFamily } from './conformance-case.ts';
import type { ConformanceFailure, ConformanceReport } from './conformance-report.ts';
import { knownFaultOf } from './known-faults.ts';
import { type ReferenceArray, sizeOfShape } from './reference-array.ts';

const GRADIENT_SEED = 17;

interface Comparison {
  readonly quantity: string;
  readonly expected: ReferenceArray | undefined;
  readonly received: Tensor;
  readonly comparison: ConformanceComparison;
}

/** Runs cases one by one on the current backend and keeps the tally. */
export class ConformanceCheck {
  readonly #backendName: string;
  readonly #tolerance: ConformanceTolerance;
  readonly #failures: ConformanceFailure[] = [];
  readonly #skipped: string[] = [];
  readonly #worstErrors: Partial<Record<ConformanceFamily, number>> = {};
  #passed = 0;
  #failed = 0;
  #unexplained = 0;

  constructor(backendName: string, tolerance: ConformanceTolerance) {
    this.#backendName = backendName;
    this.#tolerance = tolerance;
  }

  /** Tests value, gradient and tensors left over. Never throws: what the backend throws is a failure. */
  async run(tested: ConformanceCase): Promise<readonly ConformanceFailure[]> {
    const failures: ConformanceFailure[] = [];
    const fail = (quantity: string, message: string): void => {
      const known = knownFaultOf(this.#backendName, { tested, quantity })?.explanation;
      const failure = { family: tested.family, caseName: tested.name, quantity, message };
      failures.push(known === undefined ? failure : { ...failure, knownFault: known });
    };
    const before = memory().numTensors;
    let offered = true;
    try {
      offered = await this.#checkValue(tested, fail);
    } catch (error) {
      fail('value', thrown(error));
    }
    try {
      if (offered && tested.gradient) await this.#checkGradient(tested, fail);
    } catch (error) {
      fail('gradient', thrown(error));
    }
    const left = memory().numTensors - before;
    if (left !== 0 && failures.length === 0) fail('memory', `${left} tensors are left over`);
    this.#count(tested, { offered, failures });
    return failures;
  }

  totals(): Omit<ConformanceReport, 'backend' | 'elapsedMs'> {
    return {
      passed: this.#passed,
      failed: this.#failed,
      unexplained: this.#unexplained,
      skipped: this.#skipped,
      failures: this.#failures,
      worstErrors: this.#worstErrors,
    };
  }

  #count(tested: ConformanceCase, { offered, failures }: { offered: boolean; failures: ConformanceFailure[] }): void {
    this.#failures.push(...failures);
    if (failures.some(({ knownFault }) => knownFault === undefined)) this.#unexplained++;
    if (failures.length > 0) this.#failed++;
    else if (offered) this.#passed++;
    else this.#skipped.push(tested.name);
  }

  async #checkValue(tested: ConformanceCase, fail: (quantity: string, message: string) => void): Promise<boolean> {
    const inputs = tested.inputs.map(toTensor);
    let outputs: Tensor[] | undefined;
    try {
      outputs = tidy(() => asTensors(tested.run(...inputs)));
      if (outputs === undefined) return false;
      const value = tested.value();
      const expected = Array.isArray(value) ? value : [value];
      if (outputs.length !== expected.length) {
        fail('value', `expected ${expected.length} outputs, received ${outputs.length}`);
      }
      for (const [i, output] of outputs.entries()) {
        const quantity = outputs.length > 1 ? `value of output ${i}` : 'value';
        await this.#compare(
          tested,
          { quantity, expected: expected[i], received: output, comparison: tested.comparison },
          fail,
        );
      }
      return true;
    } finally {
      for (const tensorOrOutput of new Set([...inputs, ...(outputs ?? [])])) tensorOrOutput.dispose();
    }
  }

  async #checkGradient(tested: ConformanceCase, fail: (quantity: string, message: string) => void): Promise<void> {
    const value = tested.value() as ReferenceArray;
    const dy = new CaseRandom(GRADIENT_SEED).uniform(value.shape);
    const expected = tested.gradient!(dy);
    const differentiated = expected.flatMap((gradient, i) => (gradient ? [i] : []));
    const inputs = tested.inputs.map(toTensor);
    const dyTensor = toTensor(dy);
    const gradients = tidy(() => {
      const run = (...varied: Tensor[]): Tensor => {
        const all = [...inputs];
        for (const [k, i] of differentiated.entries()) all[i] = varied[k]!;
        return tested.run(...all) as Tensor;
      };
      return grads(run)(
        differentiated.map((i) => inputs[i]!),
        dyTensor,
      );
    });
    try {
      for (const [k, i] of differentiated.entries()) {
        const quantity = `gradient of input ${i}`;
        await this.#compare(
          tested,
          { quantity, expected: expected[i], received: gradients[k]!, comparison: 'largest' },
          fail,
        );
      }
    } finally {
      for (const held of new Set([...inputs, dyTensor, ...gradients])) held.dispose();
    }
  }

  async #compare(
    { family }: ConformanceCase,
    { expected, received, quantity, comparison }: Comparison,
    fail: (quantity: string, message: string) => void,
  ): Promise<void> {
    if (!expected) return;
    if (String(received.shape) !== String(expected.shape)) {
      fail(quantity, `expected shape [${expected.shape}], received [${received.shape}]`);
      return;
    }
    const tolerance = this.#tolerance;
    const difference = compareArrays(expected, await received.data(), { tolerance, comparison });
    if (difference.withinTolerance) this.#keepWorst(family, difference.error);
    else fail(quantity, describe(difference, expected.shape));
  }

  #keepWorst(family: ConformanceFamily, error: number): void {
    this.#worstErrors[family] = Math.max(this.#worstErrors[family] ?? 0, error);
  }
}

function toTensor({ data, shape, dtype }: ReferenceArray): Tensor {
  const values = dtype === 'float32' ? Float32Array.from(data) : Int32Array.from(data);
  return tensor(dtype === 'bool' ? Uint8Array.from(data) : values, [...shape], dtype);
}

/** Outputs as tensors that the engine knows, whatever `run` returned. */
function asTensors(result: ReturnType<ConformanceCase['run']>): Tensor[] | undefined {
  if (result === undefined) return undefined;
  if (!isList(result)) return [result];
  return result.map((output) =>
    output instanceof Tensor ? output : engine().makeTensorFromDataId(output.dataId, output.shape, output.dtype),
  );
}

function isList(result: Tensor | readonly TensorInfo[]): result is readonly TensorInfo[] {
  return Array.isArray(result);
}

function describe({ index, expected, received, error }: ArrayDifference, shape: readonly number[]): string {
  const worst = `element ${index} of ${sizeOfShape(shape)} [${shape}]`;
  return `${worst}: expected ${expected}, received ${received} (relative error ${error.toExponential(1)})`;
}

function thrown(error: unknown): string {
  return `threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
}
