// Inline loops: a call of memory.copy or memory.fill costs more than the few hundred bytes of a typical row.

/** Sets `count` floats to zero. */
@inline
export function clearFloats(target: usize, count: i32): void {
  const zero = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) v128.store(target + (<usize>i << 2), zero);
  for (; i < count; i++) store<f32>(target + (<usize>i << 2), 0);
}

/** Copies `count` floats. */
@inline
export function copyFloats(target: usize, source: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) v128.store(target + (<usize>i << 2), v128.load(source + (<usize>i << 2)));
  for (; i < count; i++) store<f32>(target + (<usize>i << 2), load<f32>(source + (<usize>i << 2)));
}
