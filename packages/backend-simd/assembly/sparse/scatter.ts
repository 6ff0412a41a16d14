import { clearChannels } from '../pool/max-pool';
import { Pooling } from '../pool/pooling';

/** The dense map of a sparse gradient. Tasks are (image, block of 16 channels), because windows may overlap. */
export function sparseToDense(shape: Pooling, dy: usize, winners: usize, dx: usize, begin: i32, end: i32): void {
  const channels = shape.channels;
  const blocks = (channels + 15) / 16;
  const outPixels = shape.outRows * shape.outColumns;
  for (let task = begin; task < end; task++) {
    const image = task / blocks;
    const first = (task - image * blocks) * 16;
    const last = min(first + 16, channels);
    const target = dx + (<usize>(image * shape.inRows * shape.inColumns * channels) << 2);
    clearChannels(target, shape.inRows * shape.inColumns, channels, first, last);
    for (let pixel = 0; pixel < outPixels; pixel++) {
      const row = pixel / shape.outColumns;
      const top = row * shape.rowStep - shape.padTop;
      const left = (pixel - row * shape.outColumns) * shape.columnStep - shape.padLeft;
      const place = <usize>(image * outPixels + pixel) * channels;
      for (let channel = first; channel < last; channel++) {
        const winner = <i32>load<u8>(winners + place + channel);
        if (winner == 255) continue;
        const i = winner / shape.windowColumns;
        const j = winner - i * shape.windowColumns;
        const at = target + (<usize>(((top + i) * shape.inColumns + left + j) * channels + channel) << 2);
        store<f32>(at, load<f32>(at) + load<f32>(dy + ((place + channel) << 2)));
      }
    }
  }
}

/**
 * Sums of a sparse gradient over its pixels, one partial sum [channels] for each block of `pixelsPerTask` pooled
 * pixels. Tasks are these blocks.
 */
export function sparseSum(
  dy: usize,
  winners: usize,
  partials: usize,
  pixels: i32,
  channels: i32,
  pixelsPerTask: i32,
  begin: i32,
  end: i32,
): void {
  for (let task = begin; task < end; task++) {
    const first = task * pixelsPerTask;
    const last = min(first + pixelsPerTask, pixels);
    const target = partials + (<usize>(task * channels) << 2);
    let channel = 0;
    for (; channel + 4 <= channels; channel += 4) {
      let sum = f32x4.splat(0);
      for (let pixel = first; pixel < last; pixel++) {
        const place = <usize>pixel * channels + channel;
        // 255, of a window without a winner, is -1 as a signed byte.
        const winner = i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(winners + place)));
        const value = v128.load(dy + (place << 2));
        sum = f32x4.add(sum, v128.andnot(value, i32x4.eq(winner, i32x4.splat(-1))));
      }
      v128.store(target + (<usize>channel << 2), sum);
    }
    for (; channel < channels; channel++) {
      let sum: f32 = 0;
      for (let pixel = first; pixel < last; pixel++) {
        const place = <usize>pixel * channels + channel;
        if (load<u8>(winners + place) != 255) sum += load<f32>(dy + (place << 2));
      }
      store<f32>(target + (<usize>channel << 2), sum);
    }
  }
}
