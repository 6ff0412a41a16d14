import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, workingFolder } from './support/cli.ts';

const TINY = ['data.trainCount=200', 'data.testCount=50', 'data.batchSize=20', 'trainer.epochs=1', 'threads=1'];

describe('a config with a network of its own', () => {
  it('trains, and its run folder holds every option of every layer', async () => {
    const cwd = workingFolder();
    const { exitCode, stdout, stderr } = await cli(['run', 'custom-network', ...TINY], { cwd });
    expect(stderr).toContain('Training sequential (7,050 parameters) on synthetic-digits, 10 classes');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Test accuracy: \d/);
    const folder = join(cwd, 'runs/custom-network/1');
    expect(readFileSync(join(folder, 'config.yaml'), 'utf8')).toMatch(
      /name: conv2d\s+outChannels: 8\s+kernelSize: 3\s+stride: 1\s+padding: same\s+dilation: 1\s+groups: 1\s+bias: true/,
    );
    const evaluated = await cli(['eval', folder, '--json'], { cwd });
    expect(evaluated.exitCode).toBe(0);
  });

  it('has a summary', async () => {
    const { stdout } = await cli(['summary', 'custom-network', '--json'], { cwd: workingFolder() });
    expect(JSON.parse(stdout)).toMatchObject({ total: { parameters: 7050 } });
  });

  it('is told what is wrong with a layer: unknown names with their position, sizes with the formula', async () => {
    const cwd = workingFolder();
    writeFileSync(
      join(cwd, 'wrong.yaml'),
      'data: { name: synthetic-digits, trainCount: 100, testCount: 20 }\nmodel:\n  name: sequential\n  layers:\n    - flaten\n    - { name: linear, outFeature: 10 }\n',
    );
    const wrong = await cli(['run', 'wrong.yaml'], { cwd });
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toMatch(
      /wrong\.yaml:5:7 model\.layers\.0: expected a layer .*received "flaten"\. Write flatten/,
    );
    expect(wrong.stderr).toMatch(
      /wrong\.yaml:6:23 model\.layers\.1\.outFeature: .*Write model\.layers\.1\.outFeatures/,
    );
    const layers = 'model={name: sequential, layers: [{name: max-pool2d, kernelSize: 40}, flatten]}';
    const large = await cli(['summary', 'quickstart', layers], { cwd });
    expect(large.stderr).toMatch(/layers\.0 max-pool2d .*floor\(\(28 \+ 2·0 − 1·\(40−1\) − 1\)\/40 \+ 1\)/);
    const input = await cli(['summary', 'custom-network', 'model.input=[3, 32, 32]'], { cwd });
    expect(input.stderr).toMatch(
      /model\.input: expected \[1, 28, 28\], .*received \[3, 32, 32\]\. Leave model\.input out/,
    );
  });
});
