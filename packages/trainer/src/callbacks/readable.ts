/** `loss 0.0312`, `accuracy 98.31 %`: shares of one as per cent. */
export function measure(name: string, value: number): string {
  const isShare = /accuracy|precision|recall|f1|top/i.test(name) && value >= 0 && value <= 1;
  return `${name} ${isShare ? `${(100 * value).toFixed(2)} %` : rounded(value)}`;
}

/** Four decimals, or four significant digits where that would show none. */
export function rounded(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toPrecision(4) : value.toFixed(4);
}

/** `0.8 s`, `12 s`, `3:07`, `1:02:45`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const pad = (count: number): string => String(count).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${pad(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(whole % 60)}`;
}

/** `950`, `8.4k`, `1.2M`. */
export function shortCount(count: number): string {
  if (count < 1000) return count.toFixed(count < 10 ? 1 : 0);
  return count < 1e6 ? `${(count / 1e3).toFixed(1)}k` : `${(count / 1e6).toFixed(1)}M`;
}
