import { broadcast_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import { elementwiseJob } from '../elementwise/elementwise-job.ts';
import { BINARY_OPERATION, type BinaryOperation } from './binary-operation.ts';
import { type BroadcastAxis, broadcastAxes } from './broadcast-plan.ts';

const OUTER_AXES = 4;
const TASK_ELEMENTS = 4096;

/** Operand that is one value along the innermost axis, as assembly/binary/combine.ts numbers it. */
function repeatedOperand(inner: BroadcastAxis): number {
  if (inner.a === 0) return 1;
  return inner.b === 0 ? 2 : 0;
}

/** `a operation b` with broadcasting; `undefined` where the broadcast has more axes than the kernel takes. */
export function runBinary(
  backend: SimdBackend,
  operation: BinaryOperation,
  { a, b }: { a: TensorInfo; b: TensorInfo },
): TensorInfo | undefined {
  const axes = broadcastAxes(a.shape, b.shape);
  const inner = axes.at(-1) ?? { side: 1, a: 1, b: 1 };
  const outer = axes.slice(0, -1);
  if (outer.length > OUTER_AXES) return undefined;
  const y = backend.output(broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape));
  const size = util.sizeFromShape(y.info.shape);
  const repeated = repeatedOperand(inner);
  const operands = [BINARY_OPERATION[operation], repeated, backend.pointer(a), backend.pointer(b), y.pointer];
  if (outer.length === 0) {
    backend.run(elementwiseJob('binaryFlat', size, [...operands, size]));
    return y.info;
  }
  const padding = Array.from({ length: OUTER_AXES - outer.length }, () => ({ side: 1, a: 0, b: 0 }));
  const [, ...sides] = [...padding, ...outer].map(({ side }) => side);
  const rows = size / inner.side;
  const rowsPerTask = Math.max(1, Math.floor(TASK_ELEMENTS / inner.side));
  backend.run({
    kernel: 'binaryRows',
    args: [
      ...operands,
      inner.side,
      rowsPerTask,
      rows,
      ...sides,
      ...[...padding, ...outer].map((axis) => axis.a),
      ...[...padding, ...outer].map((axis) => axis.b),
    ],
    tasks: Math.ceil(rows / rowsPerTask),
    work: size,
  });
  return y.info;
}
