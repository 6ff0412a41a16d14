import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { view } from '../state/session-store.ts';

/** Loss of every step. */
export function LearningPanel(): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  useSignalEffect(() => {
    const { losses } = view.value;
    if (!host.current) return;
    const data: uPlot.AlignedData = [losses.map(({ step }) => step), losses.map(({ loss }) => loss)];
    if (!chart.current) {
      const options: uPlot.Options = {
        width: host.current.clientWidth,
        height: 240,
        scales: { x: { time: false } },
        series: [{ label: 'Step' }, { label: 'Loss', stroke: '#2a6fdb', width: 1.5 }],
      };
      chart.current = new uPlot(options, data, host.current);
    } else {
      chart.current.setData(data);
    }
  });
  return (
    <section class="panel" aria-labelledby="learning">
      <h2 id="learning">Learning</h2>
      <div ref={host} />
    </section>
  );
}
