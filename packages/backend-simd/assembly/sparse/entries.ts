// A sparse gradient of a feature map is that of its max pooling: for each window and channel a value and the place of
// the window's winner, 255 where it has none. All other elements of the map are zero.

/** Bit i: whether lane i has a gradient that is not zero and a winner to go to. */
// @ts-ignore: decorator
@inline
export function activeLanes(values: v128, winners: usize, count: i32): i32 {
  let active = i32x4.bitmask(f32x4.ne(values, f32x4.splat(0)));
  if (count < 4) active &= (1 << count) - 1;
  if (active == 0) return 0;
  for (let lane = 0; lane < 4; lane++) {
    if (active & (1 << lane) && load<u8>(winners + lane) == 255) active &= ~(1 << lane);
  }
  return active;
}
