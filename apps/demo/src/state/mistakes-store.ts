import { batch, effect, type Signal, signal } from '@preact/signals';
import type { JudgedImages } from '../session/evaluation-service.ts';
import type { TestReport } from '../session/test-predictions.ts';
import { coalesced } from './coalesced.ts';
import { notifyError } from './notice-store.ts';
import { epochs, runId } from './run-store.ts';
import { session } from './session-client.ts';

/** What is looked at: the images of a cell of the matrix, or the worst mistakes. */
export type MistakesView = { readonly truth: number; readonly predicted: number } | 'worst';

/** How the test set came out last; null before it was measured. */
export const report: Signal<TestReport | null> = signal(null);
export const measuring: Signal<boolean> = signal(false);
/** Whether the mistakes are on the screen: nobody waits for them elsewhere. */
export const mistakesSeen: Signal<boolean> = signal(false);
export const mistakesView: Signal<MistakesView> = signal('worst');
/** The images of the view; null while they are fetched. */
export const judged: Signal<JudgedImages | null> = signal(null);

/** The images come when the table stands: both at once are more than a frame's work. */
const AFTER_TABLE_MS = 60;
/** Images that are shown at first, and that "more" adds. */
const PAGE = 18;
let shown = PAGE;

/** Epochs may be shorter than a measurement: one is finished before the next begins. Somebody waits for the first. */
const measureSoon = coalesced(() => measure({ atOnce: report.peek() === null }), {
  everyMs: 1000,
  share: 1,
  patienceMs: 300_000,
});

let shownRun = 0;

/** Another run has made no mistakes yet; each epoch is measured, while one can see it. Returns what ends it. */
export function followEpochs(): () => void {
  return effect(() => {
    const measurable = epochs.value.at(-1)?.step ?? 0;
    if (runId.value !== shownRun) {
      shownRun = runId.value;
      batch(() => {
        report.value = null;
        judged.value = null;
        mistakesView.value = 'worst';
        measuring.value = false;
      });
    }
    if (mistakesSeen.value && measurable > (report.peek()?.step ?? 0)) measureSoon.request();
  });
}

/** Predicts the whole test set as the network is now. */
export async function measure({ atOnce = false }: { atOnce?: boolean } = {}): Promise<void> {
  const run = runId.peek();
  measuring.value = true;
  try {
    const next = await session().evaluation.measure({ atOnce });
    if (!next || run !== runId.peek()) return; // another measurement, or another run, has taken its place
    batch(() => {
      report.value = next;
      measuring.value = false;
    });
    await new Promise((resolve) => setTimeout(resolve, AFTER_TABLE_MS));
    await fetchImages();
  } catch (error) {
    measuring.value = false;
    notifyError('The test set could not be measured', error);
  }
}

/** Shows the images behind a cell, or the worst mistakes. */
export function showMistakes(view: MistakesView): void {
  shown = PAGE;
  mistakesView.value = view;
  void fetchImages();
}

/** Shows more of them. */
export function showMore(): void {
  shown += PAGE;
  void fetchImages();
}

async function fetchImages(): Promise<void> {
  const view = mistakesView.peek();
  const { evaluation } = session();
  const options = { limit: shown };
  try {
    const images = await (view === 'worst'
      ? evaluation.worst(options)
      : evaluation.cell(view.truth, view.predicted, options));
    if (view === mistakesView.peek()) judged.value = images;
  } catch (error) {
    notifyError('The images could not be fetched', error);
  }
}
