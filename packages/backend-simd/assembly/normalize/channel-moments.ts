import { madd } from '../madd';
import { storeLanes } from '../tile/store-lanes';

/**
 * For each chunk of rows of x [rows, channels], counted from the chunk's first row so that values far from zero keep
 * their digits: sums, and sums of squared deviations from the chunk's own mean, as partials [chunks, 2, channels].
 * Tasks are chunks, small enough that the second reading comes from the cache.
 */
export function chunkMoments(
  x: usize,
  partials: usize,
  rows: i32,
  channels: i32,
  rowsPerChunk: i32,
  begin: i32,
  end: i32,
): void {
  const bytes = <usize>channels << 2;
  for (let chunk = begin; chunk < end; chunk++) {
    const first = chunk * rowsPerChunk;
    const count = min(rowsPerChunk, rows - first);
    const part = partials + <usize>(2 * chunk) * bytes;
    const inverse = f32x4.splat(<f32>(1.0 / <f64>count));
    for (let c: usize = 0; c < bytes; c += 16) {
      const start = x + <usize>first * bytes + c;
      const origin = v128.load(start);
      let sum = f32x4.splat(0);
      for (let row = 0, from = start; row < count; row++, from += bytes) {
        sum = f32x4.add(sum, f32x4.sub(v128.load(from), origin));
      }
      const mean = f32x4.mul(sum, inverse);
      let squares = f32x4.splat(0);
      for (let row = 0, from = start; row < count; row++, from += bytes) {
        const deviation = f32x4.sub(f32x4.sub(v128.load(from), origin), mean);
        squares = madd(deviation, deviation, squares);
      }
      const lanes = <i32>((bytes - c) >> 2);
      storeLanes(part + c, sum, lanes);
      storeLanes(part + bytes + c, squares, lanes);
    }
  }
}

/**
 * Mean, biased variance and 1 / sqrt(variance + epsilon) of each channel from the chunks' moments, in double
 * precision (Chan, Golub and LeVeque 1979); and the terms of the normalisation, factor and shift, each [channels] and
 * `pitch` bytes apart, with y = (x - mean) * factor + shift. Tasks are channels.
 */
export function combineMoments(
  x: usize,
  partials: usize,
  mean: usize,
  variance: usize,
  inverseStd: usize,
  scale: usize,
  offset: usize,
  terms: usize,
  pitch: usize,
  rows: i32,
  channels: i32,
  rowsPerChunk: i32,
  epsilon: f64,
  begin: i32,
  end: i32,
): void {
  const chunks = (rows + rowsPerChunk - 1) / rowsPerChunk;
  const bytes = <usize>channels << 2;
  for (let channel = begin; channel < end; channel++) {
    const at = partials + (<usize>channel << 2);
    const origins = x + (<usize>channel << 2);
    let total: f64 = 0;
    for (let chunk = 0; chunk < chunks; chunk++) {
      const count = <f64>min(rowsPerChunk, rows - chunk * rowsPerChunk);
      const origin = <f64>load<f32>(origins + <usize>(chunk * rowsPerChunk) * bytes);
      total += origin * count + <f64>load<f32>(at + <usize>(2 * chunk) * bytes);
    }
    const centre = total / rows;
    let squares: f64 = 0;
    for (let chunk = 0; chunk < chunks; chunk++) {
      const count = <f64>min(rowsPerChunk, rows - chunk * rowsPerChunk);
      const origin = <f64>load<f32>(origins + <usize>(chunk * rowsPerChunk) * bytes);
      const sum = load<f32>(at + <usize>(2 * chunk) * bytes);
      const chunkMean = <f64>(sum * <f32>(1.0 / count));
      // The chunk's squares are about its rounded mean: the shift theorem moves them to the mean of all.
      const about = <f64>load<f32>(at + <usize>(2 * chunk + 1) * bytes);
      const distance = origin + chunkMean - centre;
      squares += about + 2 * distance * (<f64>sum - count * chunkMean) + count * distance * distance;
    }
    const spread = squares / rows;
    const entry = <usize>channel << 2;
    const inverse = 1 / Math.sqrt(spread + epsilon);
    const factor = <f64>load<f32>(scale + entry) * inverse;
    store<f32>(mean + entry, <f32>centre);
    store<f32>(variance + entry, <f32>spread);
    store<f32>(inverseStd + entry, <f32>inverse);
    store<f32>(terms + entry, <f32>factor);
    // What the mean loses by rounding to float32 counts where values lie far from zero: the shift makes up for it.
    const lost = centre - <f64>(<f32>centre);
    store<f32>(terms + pitch + entry, <f32>(<f64>load<f32>(offset + entry) - lost * factor));
  }
}

/**
 * For each chunk of rows: sums of dy and of dy * (x - mean), as partials [chunks, 2, channels]. Tasks are chunks.
 */
export function chunkGradientSums(
  dy: usize,
  x: usize,
  mean: usize,
  partials: usize,
  rows: i32,
  channels: i32,
  rowsPerChunk: i32,
  begin: i32,
  end: i32,
): void {
  const bytes = <usize>channels << 2;
  for (let chunk = begin; chunk < end; chunk++) {
    const first = chunk * rowsPerChunk;
    const count = min(rowsPerChunk, rows - first);
    const part = partials + <usize>(2 * chunk) * bytes;
    for (let c: usize = 0; c < bytes; c += 16) {
      const centre = v128.load(mean + c);
      let at = <usize>first * bytes + c;
      let sum = f32x4.splat(0);
      let products = f32x4.splat(0);
      for (let row = 0; row < count; row++, at += bytes) {
        const slope = v128.load(dy + at);
        sum = f32x4.add(sum, slope);
        products = madd(slope, f32x4.sub(v128.load(x + at), centre), products);
      }
      const lanes = <i32>((bytes - c) >> 2);
      storeLanes(part + c, sum, lanes);
      storeLanes(part + bytes + c, products, lanes);
    }
  }
}

/**
 * Gradients of scale and offset from the chunks' sums, and the terms k, q, p of the gradient of x, each [channels] and
 * `pitch` bytes apart (see batchNormInputGradient). Tasks are channels.
 */
export function combineGradientSums(
  partials: usize,
  scale: usize,
  inverseStd: usize,
  dscale: usize,
  doffset: usize,
  terms: usize,
  pitch: usize,
  rows: i32,
  channels: i32,
  chunks: i32,
  begin: i32,
  end: i32,
): void {
  const bytes = <usize>channels << 2;
  for (let channel = begin; channel < end; channel++) {
    const offset = <usize>channel << 2;
    let sum: f64 = 0;
    let products: f64 = 0;
    for (let chunk = 0; chunk < chunks; chunk++) {
      const part = partials + <usize>(2 * chunk) * bytes + offset;
      sum += load<f32>(part);
      products += load<f32>(part + bytes);
    }
    const inverse = <f64>load<f32>(inverseStd + offset);
    const k = <f64>load<f32>(scale + offset) * inverse;
    store<f32>(dscale + offset, <f32>(products * inverse));
    store<f32>(doffset + offset, <f32>sum);
    store<f32>(terms + offset, <f32>k);
    store<f32>(terms + pitch + offset, <f32>((-k * inverse * inverse * products) / rows));
    store<f32>(terms + 2 * pitch + offset, <f32>((-k * sum) / rows));
  }
}
