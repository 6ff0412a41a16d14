// Each task updates one slice of one parameter; a table holds its addresses: five words for each task.

/** Words of the table for one task. */
@inline
const WORDS: i32 = 5;

/**
 * Adam over slices (parameter, gradient, first moment, second moment, size), in the order of PyTorch's operations:
 * m += (g - m) (1 - b1); v = v b2 + (1 - b2) g g; p += -stepSize m / (sqrt(v) / correction + epsilon).
 * `coupledDecay` is added to the gradient times the parameter; `shrink` multiplies the parameter first.
 */
export function adamUpdate(
  table: usize,
  oneMinusBeta1: f32,
  beta2: f32,
  oneMinusBeta2: f32,
  stepSize: f32,
  correction: f32,
  epsilon: f32,
  coupledDecay: f32,
  shrink: f32,
  begin: i32,
  end: i32,
): void {
  const vOneMinusBeta1 = f32x4.splat(oneMinusBeta1);
  const vBeta2 = f32x4.splat(beta2);
  const vOneMinusBeta2 = f32x4.splat(oneMinusBeta2);
  const vStepSize = f32x4.splat(-stepSize);
  const vCorrection = f32x4.splat(correction);
  const vEpsilon = f32x4.splat(epsilon);
  const vDecay = f32x4.splat(coupledDecay);
  const vShrink = f32x4.splat(shrink);
  for (let task = begin; task < end; task++) {
    const row = table + (<usize>(task * WORDS) << 2);
    const parameter = <usize>load<u32>(row);
    const gradient = <usize>load<u32>(row, 4);
    const first = <usize>load<u32>(row, 8);
    const second = <usize>load<u32>(row, 12);
    const bytes = <usize>load<u32>(row, 16) << 2;
    let i: usize = 0;
    for (; i + 16 <= bytes; i += 16) {
      const p = f32x4.mul(v128.load(parameter + i), vShrink);
      const g = f32x4.add(v128.load(gradient + i), f32x4.mul(vDecay, p));
      const m0 = v128.load(first + i);
      const m = f32x4.add(m0, f32x4.mul(vOneMinusBeta1, f32x4.sub(g, m0)));
      const v = f32x4.add(f32x4.mul(v128.load(second + i), vBeta2), f32x4.mul(f32x4.mul(vOneMinusBeta2, g), g));
      const denominator = f32x4.add(f32x4.div(f32x4.sqrt(v), vCorrection), vEpsilon);
      v128.store(first + i, m);
      v128.store(second + i, v);
      v128.store(parameter + i, f32x4.add(p, f32x4.div(f32x4.mul(vStepSize, m), denominator)));
    }
    for (; i < bytes; i += 4) {
      const p = load<f32>(parameter + i) * shrink;
      const g = load<f32>(gradient + i) + coupledDecay * p;
      const m0 = load<f32>(first + i);
      const m = m0 + oneMinusBeta1 * (g - m0);
      const v = load<f32>(second + i) * beta2 + oneMinusBeta2 * g * g;
      const denominator = sqrt<f32>(v) / correction + epsilon;
      store<f32>(first + i, m);
      store<f32>(second + i, v);
      store<f32>(parameter + i, p + (-stepSize * m) / denominator);
    }
  }
}

/**
 * SGD over slices (parameter, gradient, momentum buffer or 0, unused, size), in the order of PyTorch's operations.
 * `fresh`: the buffer is set to the gradient. `nesterov`: the step is the gradient plus momentum times the buffer.
 */
export function sgdUpdate(
  table: usize,
  learningRate: f32,
  momentum: f32,
  oneMinusDampening: f32,
  decay: f32,
  fresh: i32,
  nesterov: i32,
  begin: i32,
  end: i32,
): void {
  for (let task = begin; task < end; task++) {
    const row = table + (<usize>(task * WORDS) << 2);
    const parameter = <usize>load<u32>(row);
    const gradient = <usize>load<u32>(row, 4);
    const buffer = <usize>load<u32>(row, 8);
    const bytes = <usize>load<u32>(row, 16) << 2;
    let i: usize = 0;
    for (; i + 16 <= bytes; i += 16) {
      const p = v128.load(parameter + i);
      let g = f32x4.add(v128.load(gradient + i), f32x4.mul(f32x4.splat(decay), p));
      if (buffer) {
        let b = g;
        if (!fresh) {
          const kept = f32x4.mul(v128.load(buffer + i), f32x4.splat(momentum));
          b = f32x4.add(kept, f32x4.mul(f32x4.splat(oneMinusDampening), g));
        }
        v128.store(buffer + i, b);
        g = nesterov ? f32x4.add(g, f32x4.mul(f32x4.splat(momentum), b)) : b;
      }
      v128.store(parameter + i, f32x4.add(p, f32x4.mul(f32x4.splat(-learningRate), g)));
    }
    for (; i < bytes; i += 4) {
      const p = load<f32>(parameter + i);
      let g = load<f32>(gradient + i) + decay * p;
      if (buffer) {
        let b = g;
        if (!fresh) b = load<f32>(buffer + i) * momentum + oneMinusDampening * g;
        store<f32>(buffer + i, b);
        g = nesterov ? g + momentum * b : b;
      }
      store<f32>(parameter + i, p + -learningRate * g);
    }
  }
}
