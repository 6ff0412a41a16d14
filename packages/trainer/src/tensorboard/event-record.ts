import { maskedCrc32c } from './crc.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

/**
 * One event as a record of an event file: length, checksum of the length, the message, its checksum.
 *
 * @see https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto
 */
export function eventRecord({
  seconds,
  step,
  write,
}: {
  /** Wall time since 1970. */
  seconds: number;
  step: number;
  /** Writes the field that says what happened. */
  write: (event: ProtobufWriter) => void;
}): Uint8Array {
  const event = new ProtobufWriter().double(1, seconds).integer(2, step);
  write(event);
  const data = event.finish();
  const record = new Uint8Array(12 + data.length + 4);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc32c(record.subarray(0, 8)), true);
  record.set(data, 12);
  view.setUint32(12 + data.length, maskedCrc32c(data), true);
  return record;
}
