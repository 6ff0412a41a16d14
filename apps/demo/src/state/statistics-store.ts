import { effect, type Signal, signal } from '@preact/signals';
import { thinned } from '../panels/inside/thinned.ts';
import type { StatisticsReport } from '../session/inspection-request.ts';
import { coalesced } from './coalesced.ts';
import { notifyError } from './notice-store.ts';
import { runId, status, step } from './run-store.ts';
import { session } from './session-client.ts';

/** Reports since the run was opened, fewer of the long ones. */
export const statistics: Signal<readonly StatisticsReport[]> = signal([]);

/** Reports that are kept. */
const MOST = 120;
/** Least time between two. */
const EVERY_MS = 2500;

const measureSoon = coalesced(measureLayers, { everyMs: EVERY_MS, share: 0.2 });

/** Records how the layers are while the network trains. Returns what ends it. */
export function recordStatistics(): () => void {
  const ends = [
    effect(() => {
      void runId.value;
      statistics.value = [];
    }),
    effect(() => {
      if (runId.value > 0 && step.value >= 0 && status.value !== 'opening') measureSoon.request();
    }),
  ];
  return () => {
    for (const end of ends) end();
    measureSoon.cancel();
  };
}

async function measureLayers(): Promise<void> {
  if (document.hidden) return;
  try {
    const report = await session().inspection.statistics();
    if (!report || report.run !== runId.peek()) return;
    if (statistics.peek().at(-1)?.step === report.step) return;
    statistics.value = thinned([...statistics.peek(), report], MOST);
  } catch (error) {
    notifyError('The layers cannot be measured', error);
  }
}
