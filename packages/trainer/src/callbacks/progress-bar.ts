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
const BAR_WIDTH = 24;
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
      const line = barLine(run, rate);
      stream.write(CLEAR_LINE + line.slice(0, (stream.columns ?? 80) - 1));
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

function barLine({ state, plan }: Run, imagesPerSecond: number): string {
  const { epoch, step, batch, train } = state;
  const parts = [`epoch ${epoch}/${plan.epochs}`];
  if (plan.batchesPerEpoch !== null) {
    const filled = Math.round((BAR_WIDTH * batch) / plan.batchesPerEpoch);
    parts.push(`${'━'.repeat(filled)}${'─'.repeat(BAR_WIDTH - filled)}  ${batch}/${plan.batchesPerEpoch}`);
  } else {
    parts.push(`batch ${batch}`);
  }
  if (train.batches > 0) parts.push(`loss ${rounded(train.loss)}`);
  if (imagesPerSecond > 0) {
    parts.push(`${shortCount(imagesPerSecond)} images/s`);
    if (plan.totalSteps !== null && step > 0) {
      const samplesPerStep = state.samplesSeen / step;
      parts.push(`${duration(((plan.totalSteps - step) * samplesPerStep) / imagesPerSecond)} left`);
    }
  }
  return parts.join('  ');
}
