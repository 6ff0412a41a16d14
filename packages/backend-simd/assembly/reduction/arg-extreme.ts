/**
 * Place (int32) of the first maximum, or minimum where `sign` is -1, along the middle axis of x [outer, length, inner].
 * Tasks are outer rows. NaN is passed over, but for a NaN in the first place, which stays.
 */
export function argExtreme(
  x: usize,
  y: usize,
  length: i32,
  inner: i32,
  sign: f32,
  begin: i32,
  end: i32,
): void {
  const pitch = <usize>inner << 2;
  for (let outer = begin; outer < end; outer++) {
    for (let i = 0; i < inner; i++) {
      let from = x + <usize>(outer * length) * pitch + (<usize>i << 2);
      let extreme = load<f32>(from) * sign;
      let place = 0;
      for (let k = 1; k < length; k++) {
        from += pitch;
        const value = load<f32>(from) * sign;
        if (value > extreme) {
          extreme = value;
          place = k;
        }
      }
      store<i32>(y + (<usize>(outer * inner + i) << 2), place);
    }
  }
}
