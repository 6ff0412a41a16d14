import { formatPercent } from './format-number.ts';

/** Loss and metrics, a line each, aligned: shares as per cent. */
export function measureLines(measures: Readonly<Record<string, number>>): string[] {
  const width = Math.max(0, ...Object.keys(measures).map((name) => name.length));
  return Object.entries(measures).map(([name, value]) => `  ${name.padEnd(width)}  ${formatMeasure(name, value)}`);
}

/** One measure: losses and errors as numbers, everything else as per cent. */
export function formatMeasure(name: string, value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return /loss|error/i.test(name) ? value.toFixed(4) : formatPercent(value);
}
