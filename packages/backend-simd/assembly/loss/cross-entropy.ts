import { expVector } from '../math/exp';
import { logVector } from '../math/log';
import { storeLanes } from '../tile/store-lanes';

/**
 * Cross-entropy of logits [rows, classes] against class indices, and its gradient times `scale`:
 * losses[row] = log(sum exp(x - max)) - (x[target] - max), gradient = scale (softmax - one-hot). A row whose target is
 * no class has loss NaN. Tasks are groups of `rowsPerTask` rows.
 */
export function crossEntropyRows(
  logits: usize,
  targets: usize,
  losses: usize,
  gradient: usize,
  rows: i32,
  classes: i32,
  scale: f32,
  rowsPerTask: i32,
  begin: i32,
  end: i32,
): void {
  const last = min(end * rowsPerTask, rows);
  for (let row = begin * rowsPerTask; row < last; row++) {
    const x = logits + (<usize>(row * classes) << 2);
    const dx = gradient + (<usize>(row * classes) << 2);
    let largest: f32 = -Infinity;
    for (let i = 0; i < classes; i++) largest = max<f32>(largest, load<f32>(x + (<usize>i << 2)));
    let sum: f64 = 0;
    for (let i = 0; i < classes; i += 4) {
      const e = expVector(f32x4.sub(v128.load(x + (<usize>i << 2)), f32x4.splat(largest)));
      storeLanes(dx + (<usize>i << 2), e, classes - i);
      sum += f32x4.extract_lane(e, 0);
      if (i + 1 < classes) sum += f32x4.extract_lane(e, 1);
      if (i + 2 < classes) sum += f32x4.extract_lane(e, 2);
      if (i + 3 < classes) sum += f32x4.extract_lane(e, 3);
    }
    const factor = f32x4.splat(<f32>(<f64>scale / sum));
    for (let i = 0; i < classes; i += 4) {
      const at = dx + (<usize>i << 2);
      storeLanes(at, f32x4.mul(v128.load(at), factor), classes - i);
    }
    const target = load<i32>(targets + (<usize>row << 2));
    if (target < 0 || target >= classes) {
      store<f32>(losses + (<usize>row << 2), NaN);
      continue;
    }
    const chosen = load<f32>(x + (<usize>target << 2)) - largest;
    const logSum = f32x4.extract_lane(logVector(f32x4.splat(<f32>sum)), 0);
    store<f32>(losses + (<usize>row << 2), logSum - chosen);
    const at = dx + (<usize>target << 2);
    store<f32>(at, load<f32>(at) - scale);
  }
}

/** y[0] = mean of x, summed in order in double precision. One task. */
export function meanInOrder(x: usize, y: usize, size: i32, begin: i32, end: i32): void {
  if (begin >= end) return;
  let sum: f64 = 0;
  for (let i = 0; i < size; i++) sum += <f64>load<f32>(x + (<usize>i << 2));
  store<f32>(y, <f32>(sum / <f64>size));
}
