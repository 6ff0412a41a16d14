/** What the outputs of a layer look like. */
export interface UnitActivity {
  readonly mean: number;
  /** Of the values as a whole population. */
  readonly deviation: number;
  /** Share of values that are exactly 0. */
  readonly zeros: number;
  /** Units that are 0 everywhere. */
  readonly dead: number;
}

/** Activity of outputs `[..., units]`: the last axis is the channel, or the unit. */
export function activityOf(values: Float32Array, units: number): UnitActivity {
  const active = new Uint8Array(units);
  let [sum, squares, zeros] = [0, 0, 0];
  for (let start = 0; start < values.length; start += units) {
    for (let unit = 0; unit < units; unit++) {
      const value = values[start + unit]!;
      sum += value;
      squares += value * value;
      if (value === 0) zeros++;
      else active[unit] = 1;
    }
  }
  const mean = sum / values.length;
  const deviation = Math.sqrt(Math.max(0, squares / values.length - mean * mean));
  return { mean, deviation, zeros: zeros / values.length, dead: units - active.reduce((count, is) => count + is, 0) };
}
