import type { ChartPoint } from './line-chart.ts';

/** A curve with at most `count` points: neighbours are averaged where it has more. */
export function reducedPoints(points: readonly ChartPoint[], count: number): readonly ChartPoint[] {
  if (points.length <= count) return points;
  const size = points.length / count;
  return Array.from({ length: count }, (_, index) => {
    const bucket = points.slice(Math.floor(index * size), Math.floor((index + 1) * size));
    const mean = (of: (point: ChartPoint) => number): number =>
      bucket.reduce((sum, point) => sum + of(point), 0) / bucket.length;
    return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
  });
}
