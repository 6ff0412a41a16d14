import type { Callback } from './callback.ts';
import { CONSOLE_FORMATS, type ConsoleFormat, type ConsoleFormatName } from './console-formats.ts';

/** Where a console log goes, and how it reads. */
export interface ConsoleLogOptions {
  /** Given one line at a time, without its line break. */
  readonly print: (line: string) => void;
  /** A format's name (`notebook-002` prints as that notebook does), or a format of one's own. */
  readonly format?: ConsoleFormatName | ConsoleFormat;
}

/** Prints a line an epoch, the run's notices and its end. */
export function consoleLog({ print, format = 'plain' }: ConsoleLogOptions): Callback {
  const lines: ConsoleFormat = typeof format === 'string' ? CONSOLE_FORMATS[format] : format;
  let noticesSeen = 0;
  const show = (line: string | null | undefined): void => {
    if (line !== null && line !== undefined) print(line);
  };
  const showNotices = (notices: readonly string[]): void => {
    for (const notice of notices.slice(noticesSeen)) print(notice);
    noticesSeen = notices.length;
  };
  return {
    name: 'console',
    onRunStart(run) {
      noticesSeen = run.state.notices.length;
      show(lines.start?.(run));
    },
    onStepEnd(run) {
      if (run.state.lastLoss !== null) show(lines.step?.(run));
    },
    onEpochEnd(run) {
      show(lines.epoch(run));
      showNotices(run.state.notices);
    },
    onRunEnd(_run, outcome) {
      showNotices(outcome.notices);
      show(lines.end?.(outcome));
    },
  };
}
