/** A shape of memory in PyTorch's order: images `[N, H, W, C]` become `[N, C, H, W]`, others stay. */
export function torchShape(shape: readonly number[]): readonly number[] {
  if (shape.length !== 4) return shape;
  const [n, h, w, c] = shape;
  return [n!, c!, h!, w!];
}
