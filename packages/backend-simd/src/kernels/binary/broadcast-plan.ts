/** One axis of a broadcast with the step, in elements, of each operand along it: 0 where it is repeated. */
export interface BroadcastAxis {
  readonly side: number;
  readonly a: number;
  readonly b: number;
}

/**
 * The axes of a broadcast result, outermost first, with neighbours merged wherever both operands step through them as
 * through one. Two tensors of one shape have a single axis; none at all is a single element.
 */
export function broadcastAxes(aShape: readonly number[], bShape: readonly number[]): BroadcastAxis[] {
  const rank = Math.max(aShape.length, bShape.length);
  const merged: BroadcastAxis[] = [];
  let [aStride, bStride] = [1, 1];
  for (let fromEnd = 1; fromEnd <= rank; fromEnd++) {
    const [aSide, bSide] = [aShape[aShape.length - fromEnd] ?? 1, bShape[bShape.length - fromEnd] ?? 1];
    const side = aSide === 1 ? bSide : aSide;
    const axis = { side, a: aSide === 1 ? 0 : aStride, b: bSide === 1 ? 0 : bStride };
    [aStride, bStride] = [aStride * aSide, bStride * bSide];
    if (side === 1) continue;
    const inner = merged[0];
    if (inner && axis.a === inner.a * inner.side && axis.b === inner.b * inner.side) {
      merged[0] = { ...inner, side: side * inner.side };
    } else {
      merged.unshift(axis);
    }
  }
  return merged;
}
