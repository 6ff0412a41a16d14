import { expect, test } from 'vitest';
import { tinyFit } from '../../test/tiny-fit.ts';
import { decodeCheckpoint } from '../checkpoint/checkpoint.ts';
import { Points } from '../conformance/tiny-task.ts';
import { memoryStore } from '../store/memory-store.ts';
import { type CheckpointOptions, checkpoint } from './checkpoint.ts';

/** Files left by a run whose metric `told` is as told, epoch by epoch, and the order in which they were written. */
async function filesOf(
  values: readonly number[],
  options: CheckpointOptions,
): Promise<{ left: string[]; written: string[] }> {
  const store = memoryStore();
  const written: string[] = [];
  let epochs = 0;
  const outcome = await tinyFit({
    validation: new Points(),
    metrics: [{ name: 'told', reset() {}, update() {}, compute: () => values[epochs++]! }],
    epochs: values.length,
    store,
    callbacks: [
      checkpoint({ monitor: 'validation.told', mode: 'max', ...options }),
      {
        name: 'witness',
        onCheckpointSaved(_run, { name, step }) {
          written.push(`${name} ${step}`);
        },
      },
    ],
  });
  expect(outcome.errors).toEqual([]);
  return { left: await store.list(), written };
}

test('last is written every epoch, best when it improves and before last', async () => {
  const { left, written } = await filesOf([1, 3, 2], {});
  expect(left).toEqual(['best.safetensors', 'last.safetensors']);
  expect(written).toEqual([
    'best.safetensors 5',
    'last.safetensors 5',
    'best.safetensors 10',
    'last.safetensors 10',
    'last.safetensors 15',
  ]);
});

test('last is also written every so many steps', async () => {
  const { written } = await filesOf([1], { best: false, everySteps: 2 });
  expect(written).toEqual(['last.safetensors 2', 'last.safetensors 4', 'last.safetensors 5']);
});

test('the top k are kept under names of their own, and those that fall behind are removed', async () => {
  const fileName = 'epoch-{epoch}-{validation.told:1}.safetensors';
  const { left } = await filesOf([1, 3, 2, 5, 0], { best: false, topK: 2, fileName });
  expect(left).toEqual(['epoch-002-3.0.safetensors', 'epoch-004-5.0.safetensors', 'last.safetensors']);
});

test('a name that would be the same for all is refused', () => {
  expect(() => checkpoint({ fileName: 'best.safetensors' })).toThrow(
    'expected a file name with {epoch} or {step} in it',
  );
  expect(() => checkpoint({ fileName: '../{epoch}' })).toThrow('checkpoint.fileName');
});

test('a checkpoint of minutes is due when they have passed', async () => {
  const { written } = await filesOf([1], { best: false, everyMinutes: 0 });
  expect(written).toHaveLength(6); // after each of the five steps, and after the epoch
});

test('a file that is no checkpoint is refused, saying what it is', async () => {
  const store = memoryStore();
  await tinyFit({ store, callbacks: [checkpoint()] });
  const bytes = (await store.read('last.safetensors'))!;
  const text = new TextDecoder('latin1').decode(bytes);
  const changed = (from: string, to: string): Uint8Array =>
    Uint8Array.from(text.replace(from, to), (c) => c.charCodeAt(0));
  expect(() => decodeCheckpoint(changed('cnn.checkpoint', 'abc.checkpoint'))).toThrow(
    'received weights without the state of a run',
  );
  expect(() => decodeCheckpoint(changed('"{\\"version\\":1', '"{\\"version\\":7'))).toThrow('received version 7');
  expect(() => decodeCheckpoint(changed('"{\\"version\\":1', '"!\\"version\\":1'))).toThrow(
    'metadata that are no JSON',
  );
  expect(() => decodeCheckpoint(bytes.slice(0, 100))).toThrow(/expected/);
});
