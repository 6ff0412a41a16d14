/** Stores the first `count` (1 to 4, or more for all) lanes. */
@inline
export function storeLanes(pointer: usize, value: v128, count: i32): void {
  if (count >= 4) {
    v128.store(pointer, value);
    return;
  }
  if (count > 0) v128.store32_lane(pointer, value, 0, 0);
  if (count > 1) v128.store32_lane(pointer, value, 1, 4);
  if (count > 2) v128.store32_lane(pointer, value, 2, 8);
}
