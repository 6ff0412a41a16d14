/** Where the uniform numbers of a normal draw come from. */
export interface UniformSource {
  uniform(count: number): Float32Array;
  /** Uniform in [0, 1) with 53 bits. */
  uniformDouble(): number;
}

/** A pair of independent normal numbers by Box and Muller. */
export type NormalPair = readonly [cosine: number, sine: number];

const BLOCK = 16;
const TWO_PI = Math.fround(2 * Math.PI);

/**
 * Normal numbers in blocks of 16: `d[j]`, `d[j+8]` become `r·cos t`, `r·sin t` with `r = sqrt(−2 ln(1 − d[j]))` and
 * `t = 2π·d[j+8]`. Where `count` is no multiple of 16, the last 16 are drawn anew. `count` must be at least 16.
 */
export function drawNormalBlocks(source: UniformSource, count: number, mean: number, std: number): Float32Array {
  const values = source.uniform(count);
  for (let start = 0; start + BLOCK <= count; start += BLOCK) transformBlock(values, start, mean, std);
  if (count % BLOCK !== 0) {
    values.set(source.uniform(BLOCK), count - BLOCK);
    transformBlock(values, count - BLOCK, mean, std);
  }
  return values;
}

/** Two normal numbers of double precision from two uniform ones. */
export function drawNormalPair(source: UniformSource): NormalPair {
  const angle = 2 * Math.PI * source.uniformDouble();
  const radius = Math.sqrt(-2 * Math.log1p(-source.uniformDouble()));
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** Rounded to float32 at each step as PyTorch's vectorised code is, which brings five values in six to its very bits. */
function transformBlock(values: Float32Array, start: number, mean: number, std: number): void {
  const [deviation, average, fround] = [Math.fround(std), Math.fround(mean), Math.fround];
  for (let j = start; j < start + BLOCK / 2; j++) {
    const logarithm = fround(Math.log(fround(1 - values[j]!)));
    const radius = fround(Math.sqrt(fround(-2 * logarithm)));
    const angle = fround(TWO_PI * values[j + BLOCK / 2]!);
    values[j] = fround(radius * fround(Math.cos(angle))) * deviation + average;
    values[j + BLOCK / 2] = fround(radius * fround(Math.sin(angle))) * deviation + average;
  }
}
