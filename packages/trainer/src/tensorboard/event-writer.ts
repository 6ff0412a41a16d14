import type { TextFile } from '../text/text-file.ts';
import { encodePng, type HostImage } from './encode-png.ts';
import { eventRecord } from './event-record.ts';
import { histogram } from './histogram.ts';
import type { ProtobufWriter } from './protobuf-writer.ts';

/** DT_STRING in TensorFlow's enumeration of types. */
const STRING_TYPE = 7;

/** Appends what TensorBoard shows to an event file. */
export interface EventWriter {
  /** The first record of every event file. */
  begin(): Promise<void>;
  /** One number. */
  scalar(tag: string, value: number, step: number): Promise<void>;
  /** How values are spread; nothing where none is finite. */
  histogram(tag: string, values: ArrayLike<number>, step: number): Promise<void>;
  /** A picture, as PNG. */
  image(tag: string, image: HostImage, step: number): Promise<void>;
  /** Markdown. */
  text(tag: string, text: string, step: number): Promise<void>;
}

/**
 * Writes TensorBoard's own format, without TensorFlow.
 *
 * @see https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/summary.proto
 */
export function eventWriter(file: TextFile): EventWriter {
  const append = (step: number, write: (event: ProtobufWriter) => void): Promise<void> =>
    file.append(eventRecord({ seconds: Date.now() / 1000, step, write }));
  const appendValue = (tag: string, step: number, write: (value: ProtobufWriter) => void): Promise<void> =>
    append(step, (event) =>
      event.message(5, (summary) =>
        summary.message(1, (value) => {
          value.string(1, tag);
          write(value);
        }),
      ),
    );
  return {
    begin: () => append(0, (event) => event.string(3, 'brain.Event:2')),
    scalar: (tag, value, step) => appendValue(tag, step, (summary) => summary.float(2, value)),
    async histogram(tag, values, step) {
      const found = histogram(values);
      if (!found) return;
      const { min, max, count, sum, sumOfSquares, limits, counts } = found;
      await appendValue(tag, step, (summary) =>
        summary.message(5, (histo) =>
          histo
            .double(1, min)
            .double(2, max)
            .double(3, count)
            .double(4, sum)
            .double(5, sumOfSquares)
            .doubles(6, limits)
            .doubles(7, counts),
        ),
      );
    },
    async image(tag, image, step) {
      const png = await encodePng(image);
      await appendValue(tag, step, (summary) =>
        summary.message(4, (field) =>
          field.integer(1, image.height).integer(2, image.width).integer(3, image.channels).bytes(4, png),
        ),
      );
    },
    text: (tag, text, step) =>
      appendValue(tag, step, (summary) =>
        summary
          .message(8, (tensor) =>
            tensor
              .integer(1, STRING_TYPE)
              .message(2, (shape) => shape.message(2, (side) => side.integer(1, 1)))
              .string(8, text),
          )
          .message(9, (metadata) => metadata.message(1, (plugin) => plugin.string(1, 'text'))),
      ),
  };
}
