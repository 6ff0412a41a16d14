import type { Run } from '../run/run.ts';
import type { Callback } from './callback.ts';
import { epochLine } from './console-formats.ts';
import { duration, rounded, shortCount } from './readable.ts';

/** What a progress bar writes to; `process.stderr` is one. */
export interface TextStream {
  /** Takes text as it is, with its line breaks. */
  write(text: string): unknown;
  /** A terminal, whose line can be written over. */
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal, in characters. */
  readonly columns?: number | undefined;
}

const REDRAW_MS = 100;
const WIDEST_BAR = 24;
const NARROWEST_BAR = 4;
const CLEAR_LINE = '\r\u001b[2K';

/** Where a progress bar goes, and what else it says. */
export interface ProgressBarOptions {
  /** Where it is drawn, usually `process.stderr`. */
  readonly stream: TextStream;
  /** Also say a line an epoch and the run's notices. Default true; false beside a console log, which says them. */
  readonly lines?: boolean;
}

/**
 * On a terminal a bar with the rate and the time left, written over as the run goes, and a line an epoch that stays;
 * elsewhere the line an epoch alone.
 */
export function progressBar({ stream, lines = true }: ProgressBarOptions): Callback {
  const onTerminal = stream.isTTY === true;
  let drawnAt = 0;
  let noticesSeen = 0;
  let startedWith = { samples: 0, trainSeconds: 0 };
  const clear = (): void => {
    if (onTerminal) stream.write(CLEAR_LINE);
  };
  const say = (text: string): void => {
    clear();
    stream.write(`${text}\n`);
  };
  const sayNotices = (notices: readonly string[]): void => {
    for (const notice of notices.slice(noticesSeen)) say(notice);
    noticesSeen = notices.length;
  };
  return {
    name: 'progress',
    onRunStart({ state }) {
      noticesSeen = state.notices.length;
      startedWith = { samples: state.samplesSeen, trainSeconds: state.trainSeconds };
    },
    onStepEnd(run) {
      if (!onTerminal || performance.now() - drawnAt < REDRAW_MS) return;
      drawnAt = performance.now();
      const seconds = run.state.trainSeconds - startedWith.trainSeconds;
      const rate = seconds > 0 ? (run.state.samplesSeen - startedWith.samples) / seconds : 0;
      stream.write(CLEAR_LINE + barLine(run, rate, (stream.columns ?? 80) - 1));
    },
    onEpochEnd(run) {
      if (!lines) {
        clear();
        return;
      }
      say(epochLine(run));
      sayNotices(run.state.notices);
    },
    onRunEnd(_run, { notices }) {
      clear();
      if (lines) sayNotices(notices);
    },
  };
}

/** At most `width` characters: where there is no room for all, the loss goes first, then the bar. */
function barLine({ state, plan }: Run, imagesPerSecond: number, width: number): string {
  const { epoch, step, batch, train } = state;
  const { batchesPerEpoch, totalSteps } = plan;
  const done =
    batchesPerEpoch === null
      ? `batch ${batch}`
      : `${String(batch).padStart(String(batchesPerEpoch).length)}/${batchesPerEpoch}`;
  const pace: string[] = [];
  if (imagesPerSecond > 0) {
    pace.push(`${shortCount(imagesPerSecond)} images/s`);
    if (totalSteps !== null && step > 0) {
      const samplesPerStep = state.samplesSeen / step;
      pace.push(`${duration(((totalSteps - step) * samplesPerStep) / imagesPerSecond)} left`);
    }
  }
  const head = `epoch ${epoch}/${plan.epochs}`;
  const loss = train.batches > 0 ? [`loss ${rounded(train.loss)}`] : [];
  const texts = [[...loss, ...pace], pace].map((parts) => [done, ...parts].join('  '));
  const room = (text: string): number => Math.min(WIDEST_BAR, width - head.length - text.length - 4);
  const text = texts.find((candidate) => room(candidate) >= NARROWEST_BAR) ?? texts[1]!;
  if (batchesPerEpoch === null || room(text) < NARROWEST_BAR) return `${head}  ${text}`.slice(0, width);
  const filled = Math.min(room(text), Math.round((room(text) * batch) / batchesPerEpoch));
  return `${head}  ${'━'.repeat(filled)}${'─'.repeat(room(text) - filled)}  ${text}`;
}
