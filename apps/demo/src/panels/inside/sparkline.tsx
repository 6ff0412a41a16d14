import type { JSX } from 'preact';

/** Values in time. */
export interface SparklineProps {
  readonly values: readonly number[];
  readonly label: string;
  /** Equal distances are equal factors. */
  readonly logarithmic?: boolean;
}

const [WIDTH, HEIGHT] = [80, 20];

/** A line as small as a word. */
export function Sparkline({ values, label, logarithmic = false }: SparklineProps): JSX.Element {
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} preserveAspectRatio="none">
      <path d={sparkPath(values, logarithmic)} vector-effect="non-scaling-stroke" />
    </svg>
  );
}

/** Values from left to right, the least at the bottom; gaps where there is no number. */
function sparkPath(values: readonly number[], logarithmic: boolean): string {
  const heights = values.map((value) => (logarithmic ? Math.log10(Math.max(value, 1e-12)) : value));
  const finite = heights.filter(Number.isFinite);
  if (finite.length < 2) return '';
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const x = (index: number): string => ((index / (values.length - 1)) * WIDTH).toFixed(1);
  const y = (value: number): string => (HEIGHT - 2 - ((value - low) / (high - low || 1)) * (HEIGHT - 4)).toFixed(1);
  let isDown = false;
  return heights
    .map((value, index) => {
      if (!Number.isFinite(value)) {
        isDown = false;
        return '';
      }
      const piece = `${isDown ? 'L' : 'M'}${x(index)} ${y(value)}`;
      isDown = true;
      return piece;
    })
    .join('');
}
