import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { registerSimdBackend } from '@cnn/backend-simd';
import { type Dataset, type Module, manualSeed } from '@cnn/core';
import { syntheticDigits } from '@cnn/datasets';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { notebookFixture } from './notebook-fixture.ts';

const ROOT = new URL('../../../', import.meta.url);
const guide = readFileSync(new URL('docs/porting-guide.md', ROOT), 'utf8');
const digits = syntheticDigits({ count: 128 });

/** What an example exports: its network, and the function that trains it. */
interface NotebookExample {
  readonly train: (...args: unknown[]) => Promise<unknown>;
  readonly [network: string]: unknown;
}

/** Loaded by path: the examples are written for people and keep to other compiler options. */
async function load(name: string): Promise<NotebookExample> {
  return import(`../../../examples/notebooks/notebook-${name}.ts`);
}

/** Name, network, data that `train` takes, a line that it prints. */
const NOTEBOOKS: readonly [name: string, network: string, data: readonly Dataset[], line: RegExp][] = [
  ['000', 'SimpleCNN', [digits], /^Epoch \[1\/1\] Loss: \d\.\d{4} Accuracy: \d+\.\d\d%$/],
  ['001', 'SimpleCNN', [digits], /^Epoch 1\/1 completed\. Average Loss: \d\.\d{4}\n$/],
  ['002', 'CNN', [digits, digits], /^Test Accuracy: \d+\.\d\d%$/],
  ['003', 'SimpleCNN', [digits], /^Epoch 1, Loss: \d\.\d{3}$/],
  ['004', 'BasicCNN', [digits], /^Epoch 1, Loss: \d\.\d{4}$/],
];

beforeAll(async () => {
  registerSimdBackend();
  await setBackend('simd');
});

describe.each(NOTEBOOKS)('notebook %s in the porting guide', (name, network, data, line) => {
  it('is the example, to the letter', () => {
    const code = readFileSync(new URL(`examples/notebooks/notebook-${name}.ts`, ROOT), 'utf8').trimEnd();
    expect(guide).toContain(`\`\`\`ts\n${code}\n\`\`\``);
  });

  it("starts from PyTorch's parameters", async () => {
    const Network = (await load(name))[network] as new () => Module;
    manualSeed(0);
    const model = new Network();
    const hashes = [...(await model.stateDict())].map(([key, { data }]) => [key, sha256(data)]);
    const expected = Object.entries(notebookFixture(name, 0).params).map(([key, { sha256: hash }]) => [key, hash]);
    expect(hashes).toEqual(expected);
    model.dispose();
  });

  it('trains and prints as the notebook does', async () => {
    const lines: string[] = [];
    const { train } = await load(name);
    await train(...data, { epochs: 1, print: (text: string) => lines.push(text) });
    expect(
      lines.some((text) => line.test(text)),
      lines.join('|'),
    ).toBe(true);
  });
});

function sha256(values: ArrayBufferView): string {
  return createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');
}
