import { madd } from '../madd';

/** `iterations` times 8 independent multiply-adds of 4 lanes. Not part of the backend: bench/kernels.mjs builds it. */
export function peak8(iterations: i32): f32 {
  const w = f32x4.splat(0.999);
  const s = f32x4.splat(0.001);
  let a = f32x4.splat(1);
  let b = f32x4.splat(2);
  let c = f32x4.splat(3);
  let d = f32x4.splat(4);
  let e = f32x4.splat(5);
  let f = f32x4.splat(6);
  let g = f32x4.splat(7);
  let h = f32x4.splat(8);
  for (let i = 0; i < iterations; i++) {
    a = madd(a, w, s);
    b = madd(b, w, s);
    c = madd(c, w, s);
    d = madd(d, w, s);
    e = madd(e, w, s);
    f = madd(f, w, s);
    g = madd(g, w, s);
    h = madd(h, w, s);
  }
  const sum = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(f32x4.add(e, f), f32x4.add(g, h)));
  return f32x4.extract_lane(sum, 0);
}

/** The same with 12, for engines and processors that take longer over each. */
export function peak12(iterations: i32): f32 {
  const w = f32x4.splat(0.999);
  const s = f32x4.splat(0.001);
  let a = f32x4.splat(1);
  let b = f32x4.splat(2);
  let c = f32x4.splat(3);
  let d = f32x4.splat(4);
  let e = f32x4.splat(5);
  let f = f32x4.splat(6);
  let g = f32x4.splat(7);
  let h = f32x4.splat(8);
  let j = f32x4.splat(9);
  let k = f32x4.splat(10);
  let l = f32x4.splat(11);
  let m = f32x4.splat(12);
  for (let i = 0; i < iterations; i++) {
    a = madd(a, w, s);
    b = madd(b, w, s);
    c = madd(c, w, s);
    d = madd(d, w, s);
    e = madd(e, w, s);
    f = madd(f, w, s);
    g = madd(g, w, s);
    h = madd(h, w, s);
    j = madd(j, w, s);
    k = madd(k, w, s);
    l = madd(l, w, s);
    m = madd(m, w, s);
  }
  const first = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(f32x4.add(e, f), f32x4.add(g, h)));
  return f32x4.extract_lane(f32x4.add(first, f32x4.add(f32x4.add(j, k), f32x4.add(l, m))), 0);
}
