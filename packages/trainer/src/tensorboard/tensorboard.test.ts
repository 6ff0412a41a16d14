import { expect, test } from 'vitest';
import { tinyFit } from '../../test/tiny-fit.ts';
import { tensorBoard } from '../callbacks/tensor-board.ts';
import { Points } from '../conformance/tiny-task.ts';
import { memoryText } from '../text/memory-text.ts';
import { crc32, crc32c, maskedCrc32c } from './crc.ts';
import { encodePng } from './encode-png.ts';
import { histogram } from './histogram.ts';

/** A decoder written from the format's description, apart from the writer: fields of a message by number. */
function decodeMessage(bytes: Uint8Array): Map<number, (number | Uint8Array)[]> {
  const fields = new Map<number, (number | Uint8Array)[]>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  const varint = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(value);
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const wireType = key & 7;
    let value: number | Uint8Array;
    if (wireType === 0) value = varint();
    else if (wireType === 1) {
      value = view.getFloat64(at, true);
      at += 8;
    } else if (wireType === 5) {
      value = view.getFloat32(at, true);
      at += 4;
    } else {
      const length = varint();
      value = bytes.slice(at, at + length);
      at += length;
    }
    fields.set(key >> 3, [...(fields.get(key >> 3) ?? []), value]);
  }
  return fields;
}

function decodeRecords(bytes: Uint8Array): Map<number, (number | Uint8Array)[]>[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const events: Map<number, (number | Uint8Array)[]>[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(view.getBigUint64(at, true));
    expect(view.getUint32(at + 8, true)).toBe(maskedCrc32c(bytes.slice(at, at + 8)));
    const data = bytes.slice(at + 12, at + 12 + length);
    expect(view.getUint32(at + 12 + length, true)).toBe(maskedCrc32c(data));
    events.push(decodeMessage(data));
    at += 16 + length;
  }
  return events;
}

const text = (bytes: number | Uint8Array | undefined): string => new TextDecoder().decode(bytes as Uint8Array);

test('checksums are those of the standards', () => {
  const digits = new TextEncoder().encode('123456789');
  expect(crc32c(digits)).toBe(0xe3069283);
  expect(crc32(digits)).toBe(0xcbf43926);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
});

test('a histogram counts every finite value once', () => {
  const found = histogram([1, 2, 2, 3, Number.NaN, Number.POSITIVE_INFINITY])!;
  expect(found).toMatchObject({ min: 1, max: 3, count: 4, sum: 8, sumOfSquares: 18 });
  expect(found.counts.reduce((sum, count) => sum + count)).toBe(4);
  expect(found.limits.at(-1)).toBe(3);
  expect(histogram([7, 7])).toMatchObject({ min: 7, max: 7, count: 2 });
  expect(histogram([Number.NaN])).toBeNull();
});

test('an event file holds scalars, histograms, images and texts', async () => {
  const file = memoryText();
  const pixels = Uint8Array.from({ length: 12 }, (_, index) => index * 20);
  const outcome = await tinyFit({
    validation: new Points(),
    test: new Points(),
    epochs: 2,
    logEverySteps: 5,
    callbacks: [
      tensorBoard({
        file,
        histograms: true,
        texts: { config: '# a config' },
        images: () => ({ sample: { width: 2, height: 2, channels: 3, pixels } }),
      }),
    ],
  });
  const events = decodeRecords(file.bytes);
  expect(text(events[0]!.get(3)![0])).toBe('brain.Event:2');
  const values = events.slice(1).map((event) => {
    const summary = decodeMessage(event.get(5)![0] as Uint8Array);
    const value = decodeMessage(summary.get(1)![0] as Uint8Array);
    return { step: event.get(2)![0], tag: text(value.get(1)![0]), value };
  });
  const scalars = values
    .filter(({ value }) => value.has(2))
    .map(({ tag, step, value }) => [tag, step, value.get(2)![0]]);
  const { train, validation } = outcome.history[0]!;
  expect(scalars.slice(0, 6)).toEqual([
    ['step/loss', 5, expect.any(Number)],
    ['step/lr', 5, Math.fround(0.02)],
    ['train/loss', 5, Math.fround(train.loss)],
    ['train/lossSum', 5, Math.fround(train.lossSum)],
    ['train/accuracy', 5, Math.fround(train.accuracy)],
    ['validation/loss', 5, Math.fround(validation!.loss)],
  ]);
  expect(scalars.at(-1)).toEqual(['test/loss', 10, Math.fround(outcome.test!.loss)]);

  const histo = decodeMessage(values.find(({ tag }) => tag === 'fc1.weight')!.value.get(5)![0] as Uint8Array);
  expect(histo.get(3)![0]).toBe(16);
  const image = decodeMessage(values.find(({ tag }) => tag === 'sample')!.value.get(4)![0] as Uint8Array);
  expect([1, 2, 3].map((field) => image.get(field)![0])).toEqual([2, 2, 3]);
  expect([...(image.get(4)![0] as Uint8Array).slice(1, 4)].map((code) => String.fromCharCode(code)).join('')).toBe(
    'PNG',
  );
  const note = values.find(({ tag }) => tag === 'config')!.value;
  expect(text(decodeMessage(note.get(8)![0] as Uint8Array).get(8)![0])).toBe('# a config');
});

test('a picture whose pixels do not fit its sizes is refused', async () => {
  const picture = { width: 2, height: 2, channels: 1, pixels: new Uint8Array(3) } as const;
  await expect(encodePng(picture)).rejects.toThrow('received 3 pixels for 2 × 2 × 1');
});
