/** 64 bytes of zeros: what a tile starts from where there is neither a bias nor a partial sum. */
export const zeros: usize = memory.data(64, 16);

const minusInfinity: usize = memory.data<f32>([-Infinity]);

/** Address of the least value that a tile stores: 0 for ReLU, -infinity for everything else. */
@inline
export function floorAddress(floor: f32): usize {
  return floor == 0 ? zeros : minusInfinity;
}
