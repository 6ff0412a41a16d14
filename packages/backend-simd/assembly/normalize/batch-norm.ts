import { madd } from '../madd';
import { storeLanes } from '../tile/store-lanes';

/**
 * y[r, c] = (x[r, c] - centre[c]) * factor[c] + offset[c] for x [rows, channels]. Tasks are groups of rows.
 */
export function channelAffine(
  x: usize,
  centre: usize,
  factor: usize,
  offset: usize,
  y: usize,
  rows: i32,
  channels: i32,
  rowsPerTask: i32,
  begin: i32,
  end: i32,
): void {
  const last = min(end * rowsPerTask, rows);
  const bytes = <usize>channels << 2;
  const whole = bytes & ~15;
  for (let row = begin * rowsPerTask; row < last; row++) {
    const from = x + <usize>row * bytes;
    const to = y + <usize>row * bytes;
    for (let c: usize = 0; c < whole; c += 16) {
      const centred = f32x4.sub(v128.load(from + c), v128.load(centre + c));
      v128.store(to + c, madd(centred, v128.load(factor + c), v128.load(offset + c)));
    }
    if (channels & 3) {
      const centred = f32x4.sub(v128.load(from + whole), v128.load(centre + whole));
      const value = madd(centred, v128.load(factor + whole), v128.load(offset + whole));
      storeLanes(to + whole, value, channels & 3);
    }
  }
}

/**
 * dx[r, c] = dy[r, c] * k[c] + (x[r, c] - mean[c]) * q[c] + p[c], where `terms` holds k, q and p, each
 * [channels] and `pitch` bytes apart. Tasks are groups of rows.
 */
export function batchNormInputGradient(
  dy: usize,
  x: usize,
  mean: usize,
  terms: usize,
  pitch: usize,
  dx: usize,
  rows: i32,
  channels: i32,
  rowsPerTask: i32,
  begin: i32,
  end: i32,
): void {
  const last = min(end * rowsPerTask, rows);
  const bytes = <usize>channels << 2;
  for (let row = begin * rowsPerTask; row < last; row++) {
    const at = <usize>row * bytes;
    for (let c: usize = 0; c < bytes; c += 16) {
      const centred = f32x4.sub(v128.load(x + at + c), v128.load(mean + c));
      const fixed = madd(centred, v128.load(terms + pitch + c), v128.load(terms + 2 * pitch + c));
      const value = madd(v128.load(dy + at + c), v128.load(terms + c), fixed);
      storeLanes(dx + at + c, value, <i32>((bytes - c) >> 2));
    }
  }
}
