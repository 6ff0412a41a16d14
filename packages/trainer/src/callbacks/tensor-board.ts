import type { Run } from '../run/run.ts';
import type { EpochRecord } from '../run/run-state.ts';
import type { HostImage } from '../tensorboard/encode-png.ts';
import { eventWriter } from '../tensorboard/event-writer.ts';
import type { TextFile } from '../text/text-file.ts';
import type { Callback } from './callback.ts';
import { textLog } from './text-log.ts';

/** What goes into the event file besides the scalars. */
export interface TensorBoardOptions {
  /** The event file. TensorBoard looks for names with `tfevents` in them. */
  readonly file: TextFile;
  /** Histograms of all parameters after each epoch. */
  readonly histograms?: boolean;
  /** Pictures after each epoch, by tag. */
  readonly images?: (run: Run) => Readonly<Record<string, HostImage>> | Promise<Readonly<Record<string, HostImage>>>;
  /** Markdown by tag, written once at the start: a config, a layer table. */
  readonly texts?: Readonly<Record<string, string>>;
}

/**
 * Writes an event file for TensorBoard: `step/loss` and `step/lr` every `logEverySteps`; `train/...` and
 * `validation/...` after each epoch; `test/...` at the end; histograms, images and texts as asked for.
 */
export function tensorBoard({ file, histograms = false, images, texts = {} }: TensorBoardOptions): Callback {
  const log = textLog('tensorboard', file);
  const events = eventWriter(file);
  const writeMeasures = async (
    kind: string,
    measures: Readonly<Record<string, number>>,
    step: number,
  ): Promise<void> => {
    for (const [name, value] of Object.entries(measures)) await events.scalar(`${kind}/${name}`, value, step);
  };
  const writeEpoch = async ({ step, train, validation }: EpochRecord): Promise<void> => {
    const { loss, lossSum, accuracy } = train;
    await writeMeasures('train', { loss, lossSum, ...(Number.isNaN(accuracy) ? {} : { accuracy }) }, step);
    await writeMeasures('validation', validation ?? {}, step);
  };
  return {
    ...log,
    async onRunStart(run) {
      await log.onRunStart(run);
      if (log.resumed()) return;
      await events.begin();
      for (const [tag, text] of Object.entries(texts)) await events.text(tag, text, run.state.step);
      for (const record of run.state.history) await writeEpoch(record);
    },
    async onStepEnd({ state, plan }) {
      if (state.lastLoss === null || state.step % plan.logEverySteps !== 0) return;
      await events.scalar('step/loss', state.lastLoss, state.step);
      await events.scalar('step/lr', state.lastLr[0]!, state.step);
    },
    async onEpochEnd(run) {
      const record = run.state.history.at(-1)!;
      const { step } = record;
      await writeEpoch(record);
      if (histograms) {
        for (const [name, parameter] of run.model.namedParameters()) {
          await events.histogram(name, Array.from((await parameter.read()).data, Number), step);
        }
      }
      for (const [tag, image] of Object.entries((await images?.(run)) ?? {})) await events.image(tag, image, step);
    },
    async onRunEnd(_run, { test, steps }) {
      if (test) await writeMeasures('test', test, steps);
      await log.onRunEnd();
    },
  };
}
