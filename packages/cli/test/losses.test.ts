import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cli, SMALL, workingFolder } from './support/cli.ts';

/** `mlp` with its logits made log-probabilities. */
const LOG_PROBABILITIES = fileURLToPath(new URL('user-modules/log-probabilities.ts', import.meta.url));

function epochsOf(folder: string): { train: { loss: number }; validation: { loss: number } }[] {
  const lines = readFileSync(join(folder, 'metrics.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'epoch');
}

describe('loss', () => {
  it.each(['{ name: cross-entropy, labelSmoothing: 0.1 }', 'mse', '{ name: bce-with-logits }'])(
    '%s falls',
    async (loss) => {
      const cwd = workingFolder();
      const { exitCode } = await cli(['run', 'quickstart', ...SMALL, `loss=${loss}`, '--run-dir', 'run'], { cwd });
      expect(exitCode).toBe(0);
      const [first, second] = epochsOf(join(cwd, 'run'));
      expect(second!.train.loss).toBeLessThan(first!.train.loss);
    },
  );

  it('nll behind a LogSoftmax is cross-entropy', async () => {
    const cwd = workingFolder();
    const small = SMALL.filter((override) => !override.startsWith('model'));
    for (const loss of ['nll', 'cross-entropy']) {
      const args = ['run', 'quickstart', ...small, `model=${LOG_PROBABILITIES}`, `loss=${loss}`, '--run-dir', loss];
      expect((await cli(args, { cwd })).exitCode).toBe(0);
    }
    const [nll, crossEntropy] = ['nll', 'cross-entropy'].map((loss) => epochsOf(join(cwd, loss)));
    expect(nll!.map(({ validation }) => validation.loss)).toEqual(
      crossEntropy!.map(({ validation }) => expect.closeTo(validation.loss, 5)),
    );
  });

  it('nll of logits is refused before the first batch', async () => {
    const { exitCode, stderr } = await cli(['run', 'quickstart', ...SMALL, 'loss=nll'], { cwd: workingFolder() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('loss.name: expected a loss that takes what the model gives, received nll, which takes');
    expect(stderr).toContain('Write cross-entropy');
  });

  it('a sum gives larger training losses and the same mean over validation images', async () => {
    const cwd = workingFolder();
    const run = (reduction: string) =>
      cli(
        [
          'run',
          'quickstart',
          ...SMALL,
          `loss={name: cross-entropy, reduction: ${reduction}}`,
          'optimizer.lr=1e-9',
          '--run-dir',
          reduction,
        ],
        { cwd },
      );
    await run('mean');
    await run('sum');
    const [mean, sum] = [epochsOf(join(cwd, 'mean'))[0]!, epochsOf(join(cwd, 'sum'))[0]!];
    expect(sum.train.loss / mean.train.loss).toBeCloseTo(20, 3);
    expect(sum.validation.loss).toBeCloseTo(mean.validation.loss, 4);
  });

  it('weights are one a class', async () => {
    const args = ['run', 'quickstart', ...SMALL, 'loss={name: cross-entropy, weight: [1, 2]}'];
    const { exitCode, stderr } = await cli(args, { cwd: workingFolder() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('loss.weight: expected 10 numbers, one for each class, received 2.');
  });

  it('options that make no sense for a loss are refused by name', async () => {
    const args = ['run', 'quickstart', ...SMALL, 'loss={name: mse, labelSmoothing: 0.1}'];
    const { exitCode, stderr } = await cli(args, { cwd: workingFolder() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('loss.labelSmoothing: expected a known key (name, reduction), received "labelSmoothing"');
  });
});
