import { signal } from '@preact/signals';
import type { FunctionComponent, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { notifyError } from '../../state/notice-store.ts';
import type { LineChartProps } from './line-chart.tsx';

export interface ChartPlaceProps extends LineChartProps {
  /** True once there is something to draw. */
  readonly begun: boolean;
  /** What will be here. */
  readonly hint: string;
}

/** What draws curves: it is fetched with the first of them, for a first visit has nothing to draw. */
const Chart = signal<FunctionComponent<LineChartProps> | null>(null);
let isFetched = false;

/** A chart as soon as there is something to draw; until then its place. */
export function ChartPlace({ begun, hint, ...chart }: ChartPlaceProps): JSX.Element {
  useEffect(() => {
    if (begun) fetchChart();
  }, [begun]);
  if (Chart.value) return <Chart.value {...chart} />;
  return (
    <div class="chart chart-place" role="img" aria-label={`${chart.title}: nothing yet`}>
      <p>{hint}</p>
    </div>
  );
}

function fetchChart(): void {
  if (isFetched) return;
  isFetched = true;
  import('./line-chart.tsx').then(
    ({ LineChart }) => {
      Chart.value = LineChart;
    },
    (error: unknown) => {
      isFetched = false; // the network may be back at the next step
      notifyError('The charts could not be loaded', error);
    },
  );
}
