/** One pooling as the kernels see it: a field of i32 each, in this order; written by src/kernels/pool/place-pooling.ts. */
@unmanaged
export class Pooling {
  inRows: i32;
  inColumns: i32;
  channels: i32;
  outRows: i32;
  outColumns: i32;
  windowRows: i32;
  windowColumns: i32;
  rowStep: i32;
  columnStep: i32;
  padTop: i32;
  padLeft: i32;
}
