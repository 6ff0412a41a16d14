import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, expect, test, vi } from 'vitest';
import { Gan, ganTraining } from '../examples/gan.ts';
import { callbackConformance, Points } from '../src/conformance.ts';
import { checkpoint, decodeCheckpoint, fit, memoryStore } from '../src/index.ts';

const here = new URL('.', import.meta.url).pathname;
const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!);
const folder = await mkdtemp(join(here, '.readme-'));

afterAll(() => rm(folder, { recursive: true }));

/** Runs a block of the README as it stands. */
async function runBlock(index: number): Promise<Record<string, unknown>> {
  const file = join(folder, `block-${index}.ts`);
  await writeFile(file, blocks[index]!);
  return import(file);
}

test('the README trains a network', async () => {
  const lines: string[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((...parts) => void lines.push(parts.join(' ')));
  await runBlock(0).finally(() => spy.mockRestore());
  expect(lines.filter((line) => line.startsWith('epoch '))).toHaveLength(10);
  expect(lines.at(-1)).toContain('all 10 epochs done');
});

test("the README's callback stops a run, and keeps the contract", async () => {
  const { default: stopAtTarget } = (await runBlock(1)) as { default: Parameters<typeof callbackConformance>[0] };
  for (const { run } of callbackConformance(stopAtTarget)) await run();
  expect(blocks[1]!.trim().split('\n').length).toBe(15);
});

test('the GAN example moves what it makes towards the data, and its checkpoint holds both networks and optimizers', async () => {
  const store = memoryStore();
  const gan = new Gan();
  const training = ganTraining(gan);
  const run = (epochs: number) => fit({ ...training, data: new Points(), epochs, store, callbacks: [checkpoint()] });
  expect((await run(1)).errors).toEqual([]);
  const before = memory().numTensors;
  expect(await run(3)).toMatchObject({ status: 'completed', steps: 15 });
  expect(memory().numTensors).toBe(before);
  const { weights, extras } = decodeCheckpoint((await store.read('last.safetensors'))!);
  expect([...weights.keys()]).toContain('discriminator.hidden.weight');
  expect([...extras.keys()]).toContain('generator/exp_avg/generator.output.bias');
});
