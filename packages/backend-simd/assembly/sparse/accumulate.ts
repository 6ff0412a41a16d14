import { madd } from '../madd';

/**
 * target[i] += sum over entries of value * source[offset + i], for `length` floats. An entry is a byte offset (u32) and
 * a value (f32). Sums stay in registers while the entries pass: six of them, because engines load all that one entry
 * needs before they multiply, and six sums, six operands and the value fit the registers. Up to 3 floats behind
 * `length` are written with meaningless values: give rows a width that is a multiple of 4.
 */
export function accumulateEntries(
  target: usize,
  source: usize,
  entries: usize,
  entriesEnd: usize,
  length: i32,
): void {
  let i = 0;
  for (; i + 24 <= length; i += 24) {
    let a = v128.load(target);
    let b = v128.load(target, 16);
    let c = v128.load(target, 32);
    let d = v128.load(target, 48);
    let e = v128.load(target, 64);
    let f = v128.load(target, 80);
    for (let entry = entries; entry != entriesEnd; entry += 8) {
      const from = source + load<u32>(entry);
      const value = v128.load32_splat(entry, 4);
      a = madd(value, v128.load(from), a);
      b = madd(value, v128.load(from, 16), b);
      c = madd(value, v128.load(from, 32), c);
      d = madd(value, v128.load(from, 48), d);
      e = madd(value, v128.load(from, 64), e);
      f = madd(value, v128.load(from, 80), f);
    }
    v128.store(target, a);
    v128.store(target, b, 16);
    v128.store(target, c, 32);
    v128.store(target, d, 48);
    v128.store(target, e, 64);
    v128.store(target, f, 80);
    target += 96;
    source += 96;
  }
  for (; i + 8 <= length; i += 8) {
    let a = v128.load(target);
    let b = v128.load(target, 16);
    for (let entry = entries; entry != entriesEnd; entry += 8) {
      const from = source + load<u32>(entry);
      const value = v128.load32_splat(entry, 4);
      a = madd(value, v128.load(from), a);
      b = madd(value, v128.load(from, 16), b);
    }
    v128.store(target, a);
    v128.store(target, b, 16);
    target += 32;
    source += 32;
  }
  for (; i < length; i += 4) {
    let a = v128.load(target);
    for (let entry = entries; entry != entriesEnd; entry += 8) {
      a = madd(v128.load32_splat(entry, 4), v128.load(source + load<u32>(entry)), a);
    }
    v128.store(target, a);
    target += 16;
    source += 16;
  }
}

/** The same for three rows of one vector each: kernels over few channels. */
export function accumulateThreeRows(
  target: usize,
  first: usize,
  second: usize,
  third: usize,
  entries: usize,
  entriesEnd: usize,
): void {
  let a = v128.load(target);
  let b = v128.load(target, 16);
  let c = v128.load(target, 32);
  for (let entry = entries; entry != entriesEnd; entry += 8) {
    const from = load<u32>(entry);
    const value = v128.load32_splat(entry, 4);
    a = madd(value, v128.load(first + from), a);
    b = madd(value, v128.load(second + from), b);
    c = madd(value, v128.load(third + from), c);
  }
  v128.store(target, a);
  v128.store(target, b, 16);
  v128.store(target, c, 32);
}
