import { BLOCK } from './block';

/** y = sum, in order, of the `count` tensors of `size` floats whose addresses are at `inputs`. Tasks are blocks of `BLOCK`. */
export function addN(inputs: usize, count: i32, y: usize, size: i32, begin: i32, end: i32): void {
  const last = <usize>min(end * BLOCK, size) << 2;
  for (let i = <usize>(begin * BLOCK) << 2; i < last; i += 16) {
    let sum = v128.load(<usize>load<u32>(inputs) + i);
    for (let k = 1; k < count; k++) sum = f32x4.add(sum, v128.load(<usize>load<u32>(inputs + (<usize>k << 2)) + i));
    v128.store(y + i, sum);
  }
}
