import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors } from '@cnn/core';
import { syntheticDigits } from '@cnn/datasets';
import { encodePng } from '@cnn/trainer';
import { describe, expect, it } from 'vitest';
import { cli, SMALL, workingFolder } from './support/cli.ts';

/** A folder with a run of a small network in `run`. */
async function withRun(...overrides: string[]): Promise<string> {
  const cwd = workingFolder();
  const { exitCode, stderr } = await cli(['run', 'quickstart', ...SMALL, '--run-dir', 'run', ...overrides], { cwd });
  if (exitCode !== 0) throw new Error(stderr);
  return cwd;
}

/** A digit as a person might have it: black on white, in colour, 60 pixels wide. */
async function writeDigit(path: string, index: number): Promise<void> {
  const digits = syntheticDigits({ count: 10 });
  const { pixels } = digits.get(index);
  const data = new Uint8Array(60 * 60 * 3).fill(255);
  for (let row = 0; row < 28; row++) {
    for (let column = 0; column < 28; column++) {
      data.fill(
        255 - pixels[row * 28 + column]!,
        3 * ((row + 10) * 60 + column + 20),
        3 * ((row + 10) * 60 + column + 21),
      );
    }
  }
  writeFileSync(path, await encodePng({ pixels: data, width: 60, height: 60, channels: 3 }));
}

describe('cnn-cli eval', () => {
  it('gives the numbers that the run gave', async () => {
    const cwd = await withRun('trainer.epochs=1');
    const { exitCode, stdout, stderr } = await cli(['eval', 'run', '--json'], { cwd });
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    const result = JSON.parse(stdout);
    const { test } = JSON.parse(readFileSync(join(cwd, 'run/summary.json'), 'utf8'));
    expect(result).toMatchObject({ samples: 50, ...test });
    expect(result.confusionMatrix.counts).toHaveLength(10);
  });

  it('takes a file of weights with the model beside it, and names what does not fit', async () => {
    const cwd = await withRun();
    await cli(['convert', 'run/checkpoints/last.safetensors', 'weights.safetensors'], { cwd });
    const data = 'data={name: synthetic-digits, testCount: 20}';
    const good = await cli(['eval', 'weights.safetensors', 'model={name: mlp, hidden: 8}', data], { cwd });
    expect(good.exitCode).toBe(0);
    expect(good.stdout).toMatch(/^20 test images of synthetic-digits[\s\S]*accuracy/);
    const bad = await cli(['eval', 'weights.safetensors', 'model=tiny-cnn', data], { cwd });
    expect(bad.exitCode).toBe(2);
    expect(bad.stderr).toMatch(/missing conv1\.weight.*unexpected .*fc2\.weight/);
  });

  it('says what is not there', async () => {
    const cwd = workingFolder();
    const { exitCode, stderr } = await cli(['eval', 'nothing'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: nothing: expected a run folder or a file of weights, received nothing there\./);
  });
});

describe('cnn-cli predict', () => {
  it('reads images as people have them and gives the classes by probability', async () => {
    const cwd = await withRun('trainer.epochs=1');
    await writeDigit(join(cwd, 'three.png'), 3);
    const { exitCode, stdout } = await cli(['predict', 'run', 'three.png', '--top', '2', '--json'], { cwd });
    expect(exitCode).toBe(0);
    const [prediction] = JSON.parse(stdout);
    expect(prediction).toEqual({
      image: 'three.png',
      class: expect.stringMatching(/^\d$/),
      index: expect.any(Number),
      probability: expect.any(Number),
      top: [expect.objectContaining({ class: prediction.class }), expect.any(Object)],
    });
    const table = await cli(['predict', 'run', 'three.png'], { cwd });
    expect(table.stdout).toMatch(/Image .*Class .*Probability[\s\S]*three\.png +\d +\d+\.\d\d %/);
  });

  it('goes on after an image that it cannot read, names it and ends with exit code 1', async () => {
    const cwd = await withRun('trainer.epochs=1');
    await writeDigit(join(cwd, 'good.png'), 1);
    writeFileSync(join(cwd, 'bad.png'), 'no image');
    const { exitCode, stdout, stderr } = await cli(['predict', 'run', 'bad.png', 'good.png', 'none.png', '--json'], {
      cwd,
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/bad\.png: expected [\s\S]*none\.png: expected/);
    expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ image: 'good.png' })]);
  });
});

describe('cnn-cli summary', () => {
  it('shows parameters, shapes and formulas of a model of the zoo', async () => {
    const { stdout, exitCode } = await cli(['summary', 'tiny-cnn'], { cwd: workingFolder() });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('160 + 27,050 = 27,210');
    expect(stdout).toContain('28→26→13');
    expect(stdout).toContain('floor((28 + 2·0 − 1·(3−1) − 1)/1 + 1) = 26');
  });

  it('takes the model of a config, another input, and a model with its own usual input', async () => {
    const cwd = workingFolder();
    const config = await cli(['summary', 'notebooks/002', '--json'], { cwd });
    expect(JSON.parse(config.stdout).total.parameters).toBe(421_642);
    const wide = await cli(['summary', 'tiny-cnn', '--input', '3x32x32', '--json'], { cwd });
    expect(JSON.parse(wide.stdout)).toMatchObject({
      input: [3, 32, 32],
      total: { parameters: 3 * 16 * 9 + 16 + 36_010 },
    });
    const wrong = await cli(['summary', 'tiny-cnn', '--input', 'big'], { cwd });
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toMatch(/--input: expected channels x height x width, received big\./);
  });
});

describe('cnn-cli data', () => {
  it('lists the catalogue and tells about a data set', async () => {
    const cwd = workingFolder();
    const list = await cli(['data', 'list', '--json'], { cwd });
    expect(JSON.parse(list.stdout).map(({ name }: { name: string }) => name)).toContain('fashion-mnist');
    expect((await cli(['data', 'list'], { cwd })).stdout).toMatch(/mnist +MNIST: handwritten digits +60,000 +10,000/);
    expect((await cli(['data', 'info', 'mnist'], { cwd })).stdout).toMatch(/Licence +CC BY-SA 3\.0/);
    const unknown = await cli(['data', 'info', 'minst'], { cwd });
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toMatch(/expected one of mnist, .*received 'minst'/);
  });

  it('verifies files: missing ones end with exit code 1', async () => {
    const { exitCode, stdout } = await cli(['data', 'verify', 'kmnist', '--root', 'no', '--json'], {
      cwd: workingFolder(),
    });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      files: expect.arrayContaining([expect.objectContaining({ status: 'missing' })]),
    });
  });

  it('exports CSV that the csv data set reads back', async () => {
    const cwd = workingFolder();
    const args = ['data', 'export', 'synthetic-digits', '--csv', 'digits.csv', '--limit', '120'];
    const exported = await cli(args, { cwd });
    expect(exported.exitCode).toBe(0);
    expect(exported.stdout).toContain('120 images of synthetic-digits (train): digits.csv');
    expect(readFileSync(join(cwd, 'digits.csv'), 'utf8').trim().split('\n')).toHaveLength(121);
    const data = 'data={name: csv, path: digits.csv, batchSize: 20}';
    const { stdout } = await cli(['run', 'notebooks/000', data, 'model=mlp', 'trainer.epochs=1', 'threads=1'], { cwd });
    expect(stdout).toMatch(/^Epoch \[1\/1\] Loss: \d\.\d{4} Accuracy: \d+\.\d\d%\n/);
    expect(
      (await cli([...args.slice(0, 3), '--csv', '-', '--limit', '2'], { cwd })).stdout.split('\n')[0]?.split(','),
    ).toHaveLength(785);
  });

  it('refuses a split or a limit that makes no sense', async () => {
    const cwd = workingFolder();
    const args = ['data', 'export', 'synthetic-digits', '--csv', 'x.csv'];
    expect((await cli([...args, '--split', 'dev'], { cwd })).stderr).toMatch(
      /--split: expected one of train, test, received dev/,
    );
    expect((await cli([...args, '--limit', 'many'], { cwd })).exitCode).toBe(2);
    expect(existsSync(join(cwd, 'x.csv'))).toBe(false);
  });

  it('names a wrong cell of a CSV with its line', async () => {
    const cwd = workingFolder();
    writeFileSync(join(cwd, 'bad.csv'), `1,${Array(784).fill(0).join(',')}\n2,300,${Array(783).fill(0).join(',')}\n`);
    const { exitCode, stderr } = await cli(['run', 'notebooks/000', 'data.path=bad.csv'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/bad\.csv:2/);
  });
});

describe('cnn-cli convert and export', () => {
  it('writes safetensors, ONNX and a tfjs model, the preprocessing with them', async () => {
    const cwd = await withRun('trainer.epochs=1', 'data.transforms=[{normalize: {mean: [0.5], std: [0.25]}}]');
    for (const format of ['safetensors', 'onnx', 'tfjs']) {
      const { exitCode, stderr } = await cli(['export', 'run', '--format', format], { cwd });
      expect(stderr).toBe('');
      expect(exitCode).toBe(0);
    }
    const { metadata, tensors } = readSafetensors(new Uint8Array(readFileSync(join(cwd, 'run/model.safetensors'))));
    expect([...tensors.keys()].sort()).toEqual(['fc1.bias', 'fc1.weight', 'fc2.bias', 'fc2.weight']);
    expect(JSON.parse(metadata['cnn.preprocessing']!)).toMatchObject({
      inputShape: [1, 28, 28],
      mean: [0.5],
      std: [0.25],
    });
    expect(existsSync(join(cwd, 'run/model.onnx'))).toBe(true);
    expect(existsSync(join(cwd, 'run/tfjs/model.json'))).toBe(true);
  });

  it('converts weights, and asks for the model where the format holds it too', async () => {
    const cwd = await withRun('trainer.epochs=1', 'model=mlp');
    const source = 'run/checkpoints/best.safetensors';
    const { stdout, exitCode } = await cli(['convert', source, 'plain.safetensors', '--json'], { cwd });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      from: 'safetensors',
      to: 'safetensors',
      tensors: 4,
      elements: 407_050,
      files: ['plain.safetensors'],
    });
    const asked = await cli(['convert', source, 'net.onnx'], { cwd });
    expect(asked.exitCode).toBe(2);
    expect(asked.stderr).toMatch(/convert --model: expected the model that the weights belong to/);
    expect((await cli(['convert', source, 'net.onnx', '--model', 'mlp'], { cwd })).exitCode).toBe(0);
    expect((await cli(['convert', source, 'net.pt'], { cwd })).stderr).toMatch(
      /\.pt files can be read and not written/,
    );
  });

  it('refuses what is no file of weights', async () => {
    const cwd = workingFolder();
    writeFileSync(join(cwd, 'x.pt'), 'hello');
    mkdirSync(join(cwd, 'out'));
    const { exitCode, stderr } = await cli(['convert', 'x.pt', 'y.safetensors'], { cwd });
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(/x\.pt: expected weights/);
  });
});

describe('cnn-cli schema', () => {
  it('prints the schema that editors get with the configs', async () => {
    const { stdout } = await cli(['schema'], { cwd: workingFolder() });
    const published = new URL('../../../configs/config.schema.json', import.meta.url);
    expect(readFileSync(published, 'utf8'), 'run `npx cnn-cli schema > configs/config.schema.json`').toBe(stdout);
  });
});

describe('cnn-cli doctor', () => {
  it('finds nothing wrong with our backend', async () => {
    const { stdout, exitCode } = await cli(['doctor', '--backend', 'simd', '--json'], { cwd: workingFolder() });
    expect(exitCode).toBe(0);
    const { backends, node } = JSON.parse(stdout);
    expect(node).toBe(process.versions.node);
    expect(backends).toEqual([
      expect.objectContaining({
        name: 'simd',
        usable: true,
        reason: null,
        faults: [],
        featureLevel: expect.any(String),
      }),
    ]);
    expect(backends[0].check).toMatchObject({ failed: 0, unexplained: 0 });
  });

  it('names the fault of the stock wasm backend', async () => {
    const { stdout } = await cli(['doctor', '--backend', 'wasm', '--json'], { cwd: workingFolder() });
    const [stock, repaired] = JSON.parse(stdout).backends;
    expect(stock).toMatchObject({ name: 'wasm (stock)', usable: false });
    expect(stock.faults.join()).toMatch(/MaxPoolGrad starts its search from the smallest positive number/);
    expect(repaired).toMatchObject({ name: 'wasm', usable: true });
    expect(repaired.faults.join()).not.toContain('MaxPoolGrad');
  });

  it('says why a backend cannot be used, and ends with exit code 1 when it is the only one asked for', async () => {
    const { stdout, exitCode } = await cli(['doctor', '--backend', 'node'], { cwd: workingFolder() });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^Not usable:\n {2}- node: expected the optional package @tensorflow\/tfjs-node/m);
  });
});

describe('cnn-cli bench', () => {
  it('prints the times of a training step and of inference', async () => {
    const args = ['bench', 'quickstart', ...SMALL, '--steps', '5', '--threads', '1', '--backend', 'simd', '--json'];
    const { stdout, exitCode } = await cli(args, { cwd: workingFolder() });
    expect(exitCode).toBe(0);
    const result = JSON.parse(stdout);
    const timing = { median: expect.any(Number), p10: expect.any(Number), p90: expect.any(Number) };
    expect(result).toEqual({
      backend: 'simd',
      threads: 1,
      batchSize: 20,
      trainStepMs: timing,
      inferMs: timing,
      imagesPerSecond: expect.any(Number),
      peakRssBytes: expect.any(Number),
    });
    expect(result.trainStepMs.p10).toBeLessThanOrEqual(result.trainStepMs.p90);
  });
});

describe('cnn-cli lr-find', () => {
  it('suggests a rate and shows the curve', async () => {
    const cwd = workingFolder();
    const args = ['lr-find', 'quickstart', ...SMALL, '--steps', '40', '--min-lr', '1e-4', '--max-lr', '1'];
    const { stdout, exitCode } = await cli([...args, '--svg', 'curve.svg'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/loss \d\.\d\d ┤[\s\S]*lr 1e-4 +lr \de[-+]\d[\s\S]*Suggestion: optimizer\.lr=0\.\d+/);
    expect(readFileSync(join(cwd, 'curve.svg'), 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    const finding = JSON.parse((await cli([...args, '--json'], { cwd })).stdout);
    expect(finding.suggestion).toBeGreaterThan(1e-4);
    expect(finding.points[0]).toEqual({ lr: 1e-4, loss: expect.any(Number), smoothedLoss: expect.any(Number) });
  });
});

describe('cnn-cli compare', () => {
  it('puts results side by side, with the keys by which the configs differ', async () => {
    const cwd = workingFolder();
    await cli(['run', 'quickstart', ...SMALL, 'trainer.epochs=1', '--run-dir', 'a'], { cwd });
    await cli(['run', 'quickstart', ...SMALL, 'trainer.epochs=1', 'optimizer.lr=0.01', '--run-dir', 'b'], { cwd });
    const { stdout } = await cli(['compare', 'a', 'b'], { cwd });
    expect(stdout).toMatch(
      / +a +b\n[\s\S]*test accuracy +\d+\.\d\d % +\d+\.\d\d %[\s\S]*optimizer\.lr +0\.001 +0\.01\n/,
    );
    expect(stdout).not.toContain('data.batchSize');
    const compared = JSON.parse((await cli(['compare', 'a', 'b', '--json'], { cwd })).stdout);
    expect(compared.map(({ config }: { config: object }) => config)).toEqual([
      { 'optimizer.lr': 0.001 },
      { 'optimizer.lr': 0.01 },
    ]);
    expect((await cli(['compare', 'a', 'c'], { cwd })).stderr).toMatch(/^error: c: expected the folder of a run/);
  });
});

describe('cnn-cli init', () => {
  it('writes a project, and never over one', async () => {
    const cwd = workingFolder();
    const { exitCode, stdout } = await cli(['init', 'mine', '--data', 'mnist'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('mine/model.ts');
    expect(readFileSync(join(cwd, 'mine/config.yaml'), 'utf8')).toContain('name: mnist');
    const again = await cli(['init', 'mine'], { cwd });
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toMatch(/received config\.yaml, model\.ts/);
    expect((await cli(['init', 'x', '--data', 'mnst'], { cwd })).stderr).toMatch(/Write mnist\./);
  });
});

describe('wrong commands', () => {
  it('end with exit code 2 and what was probably meant', async () => {
    const cwd = workingFolder();
    for (const [args, message] of [
      [['rum'], /unknown command 'rum'.*\n?.*Did you mean run\?/s],
      [['run'], /missing required argument 'config'/],
      [['run', 'quickstart', '--jsn'], /unknown option '--jsn'.*Did you mean --json\?/s],
      [['run', 'quickstart', 'epochs'], /override "epochs": expected key=value/],
      [['predict', 'run', 'x.png', '--top', '0'], /--top: expected a whole number ≥ 1, received 0/],
    ] as const) {
      const { exitCode, stderr } = await cli(args, { cwd });
      expect(stderr).toMatch(message);
      expect(exitCode).toBe(2);
    }
  });
});
