import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { losses } from '../state/run-store.ts';

const HEIGHT = 260;

/** Loss of every step. */
export function LearningPanel(): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    chart.current = new uPlot(chartOptions(element), [[], []], element);
    const resizing = new ResizeObserver(() => chart.current?.setSize({ width: element.clientWidth, height: HEIGHT }));
    resizing.observe(element);
    return () => {
      resizing.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, []);
  useSignalEffect(() => {
    const points = losses.value;
    chart.current?.setData([points.map(({ step }) => step), points.map(({ loss }) => loss)]);
  });
  return (
    <section class="panel" aria-labelledby="learning">
      <h2 id="learning">Learning</h2>
      <p>The loss of every step. Lower is better; it jumps because each batch is another 64 images.</p>
      <div ref={host} role="img" aria-label="Chart of the training loss by step" />
    </section>
  );
}

/** Colours are the page's, whatever its scheme: a canvas does not inherit them. */
function chartOptions(element: HTMLElement): uPlot.Options {
  const colour = (name: string): string => {
    const probe = document.createElement('i');
    probe.style.color = `var(${name})`;
    element.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
  const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line') }, ticks: { stroke: colour('--line') } };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    scales: { x: { time: false } },
    axes: [axis, axis],
    series: [{ label: 'Step' }, { label: 'Loss', stroke: colour('--accent'), width: 1.5 }],
  };
}
