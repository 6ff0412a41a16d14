import { CnnError } from '@cnn/core';
import { describe, expect, it } from 'vitest';
import { parseOverride } from './override.ts';
import { type ParsedConfig, parseConfig } from './parse-config.ts';

function parse(text: string, ...overrides: string[]): ParsedConfig {
  return parseConfig({ text, label: 'configs/a.yaml', overrides: overrides.map(parseOverride) });
}

function problemsOf(text: string, ...overrides: string[]): string[] {
  try {
    parse(text, ...overrides);
  } catch (error) {
    if (error instanceof CnnError && error.code === 'invalid-config') return error.message.split('\n');
    throw error;
  }
  throw new Error('expected the config to be refused');
}

describe('parseConfig', () => {
  it('fills in every default', () => {
    const { config } = parse('model: tiny-cnn');
    expect(config).toMatchObject({
      name: 'run',
      seed: 0,
      backend: 'auto',
      threads: 'auto',
      data: { name: 'mnist', root: './data', batchSize: 64, evalBatchSize: 1000, shuffle: true, validation: 0 },
      model: { name: 'tiny-cnn', classes: null },
      loss: { name: 'cross-entropy', labelSmoothing: 0 },
      optimizer: { name: 'adam', lr: 0.001, betas: [0.9, 0.999], eps: 1e-8 },
      schedule: null,
      trainer: { epochs: 5, maxSteps: null, logEverySteps: 100, gradientClip: null, accumulate: 1 },
      metrics: ['accuracy', ...['precision', 'recall', 'f1'].map((name) => ({ [name]: { average: 'macro' } }))],
    });
  });

  it('gives the same config for a resolved one', () => {
    const { config } = parse('model: tiny-cnn\noptimizer: sgd\ndata: { transforms: [to-float] }');
    expect(parse(JSON.stringify(config)).config).toEqual(config);
  });

  it('tells all problems at once, in the order of the file, each with line, column and the nearest known key', () => {
    const text = [
      'seeed: 3',
      'model: { name: tiny-cnn }',
      'trainer:',
      '  epoch: 5',
      '  lr: 3',
      '  maxSteps: five',
      'data: { batch_size: 3, transforms: [{ normalize: { mean: [0.5], sd: [0.5] } }] }',
      'callbacks:',
      '  - early-stopping: { patience: -2 }',
    ].join('\n');
    const problems = problemsOf(text, 'loss.foo=3', 'seed=x');
    expect(problems.map((problem) => problem.split(': expected')[0])).toEqual([
      'configs/a.yaml:1:1 seeed',
      'configs/a.yaml:4:3 trainer.epoch',
      'configs/a.yaml:5:3 trainer.lr',
      'configs/a.yaml:6:13 trainer.maxSteps',
      'configs/a.yaml:7:9 data.batch_size',
      'configs/a.yaml:7:50 data.transforms.0.normalize.std',
      'configs/a.yaml:7:65 data.transforms.0.normalize.sd',
      'configs/a.yaml:9:33 callbacks.0.early-stopping.patience',
      'override seed=x',
      'override loss.foo=3',
    ]);
    expect(problems[0]).toMatch(/received "seeed"\. Write seed\.$/);
    expect(problems[1]).toMatch(/received "epoch"\. Write trainer\.epochs\.$/);
    expect(problems[2]).toMatch(/The key belongs elsewhere: write optimizer\.lr\.$/);
    expect(problems[3]).toMatch(/expected a whole number ≥ 1 or null, received "five"/);
    expect(problems[4]).toMatch(/Write data\.batchSize\.$/);
    expect(problems[7]).toMatch(/expected a whole number ≥ 0, received -2\. .*default, \d+\.$/);
    expect(problems[8]).toMatch(/expected a whole number ≥ 0 and ≤ 4294967295, received "x"/);
  });

  it('says whose option a key is that the chosen component does not have', () => {
    const [named] = problemsOf('model: tiny-cnn\noptimizer: { name: adam, momentum: 0.9 }');
    expect(named).toMatch(/received "momentum"\. It is an option of sgd, rmsprop: set optimizer\.name\.$/);
    const [unnamed] = problemsOf('model: tiny-cnn\ndata: { trainCount: 100 }');
    expect(unnamed).toMatch(/known key \(name, root, .*augment\), .* an option of synthetic-digits: set data\.name\.$/);
  });

  it('says what an option must be that a bare name leaves out', () => {
    const [problem] = problemsOf('model: { name: sequential, layers: [adaptive-avg-pool2d] }');
    expect(problem).toMatch(/layers\.0\.outputSize: expected a whole number .*, received nothing\. Add the key\.$/);
  });

  it('names the nearest component for a name it does not know', () => {
    expect(problemsOf('model: tinycnn')).toEqual([
      expect.stringMatching(/^configs\/a\.yaml:1:8 model: .*Write tiny-cnn\.$/),
    ]);
    expect(problemsOf('model: mlp\noptimizer: { name: adm }')).toEqual([
      expect.stringMatching(/^configs\/a\.yaml:2:20 optimizer\.name: expected an optimizer .*Write adam\.$/),
    ]);
    expect(problemsOf('model: mlp\nmetrics: [acuracy]')[0]).toMatch(/:2:11 metrics\.0: .*Write accuracy\.$/);
  });

  it('asks for a model, the one thing without a default', () => {
    expect(problemsOf('seed: 1')).toEqual([expect.stringMatching(/model: expected a model \(.*received nothing/)]);
    expect(problemsOf('')).toHaveLength(1);
  });

  it('says what a component that is named without its options lacks, and where to write it', () => {
    expect(problemsOf('model: mlp\ncallbacks:\n  - time-limit\n')).toEqual([
      'configs/a.yaml:3:5 callbacks.0.time-limit.minutes: expected a number > 0, received nothing. Add the key.',
    ]);
  });

  it('reports broken YAML with line and column', () => {
    expect(problemsOf('model: mlp\ntrainer: { epochs: 5')[0]).toMatch(
      /^configs\/a\.yaml:\d+:\d+: expected YAML, received/,
    );
    expect(problemsOf('model: mlp\nmodel: mlp')[0]).toMatch(/^configs\/a\.yaml:2:1: expected YAML, .*unique/);
    expect(problemsOf('- a\n- b')[0]).toMatch(/^configs\/a\.yaml:1:1: expected a mapping of keys to values/);
  });

  it('types overrides by the schema and lets them win over the file', () => {
    const { config } = parse(
      'model: tiny-cnn\ntrainer: { epochs: 5 }',
      'trainer.epochs=3',
      'optimizer.lr=1e-3',
      'callbacks=[{early-stopping: {patience: 2}}]',
      'model.hidden=null',
      'name=x',
      'model=mlp',
    );
    expect(config.trainer.epochs).toBe(3);
    expect(config.optimizer.lr).toBe(0.001);
    expect(config.callbacks).toEqual([{ 'early-stopping': expect.objectContaining({ patience: 2 }) }]);
    expect(config.model.name).toBe('mlp');
  });

  it('reaches into lists by index and into components written as a bare name', () => {
    const text = 'model: tiny-cnn\noptimizer: adam\ncallbacks: [early-stopping]';
    const { config } = parse(text, 'callbacks.0.early-stopping.patience=7', 'optimizer.lr=0.5');
    expect(config.callbacks).toEqual([{ 'early-stopping': expect.objectContaining({ patience: 7 }) }]);
    expect(config.optimizer).toMatchObject({ name: 'adam', lr: 0.5 });
    expect(problemsOf(text, 'callbacks.4.x=1')[0]).toMatch(
      /^override callbacks\.4\.x=1: expected an index of the list/,
    );
    expect(problemsOf(text, 'seed.x=1')[0]).toMatch(/^override seed\.x=1: expected a whole number/);
    expect(problemsOf(`${text}\nseed: 3`, 'seed.x=1')[0]).toMatch(/^override seed\.x=1: expected a mapping/);
  });

  it('refuses an override that is not key=value or not YAML', () => {
    expect(() => parseOverride('epochs')).toThrow(/override "epochs": expected key=value/);
    expect(() => parseOverride('callbacks=[{a: b')).toThrow(/override callbacks=\[\{a: b: expected a value in YAML/);
  });

  it('drops the options of the former component when an override names another, and says so', () => {
    const text = 'model: tiny-cnn\noptimizer: { name: adam, lr: 0.1, betas: [0.8, 0.9] }';
    const { config, notes } = parse(text, 'optimizer.name=sgd', 'optimizer.momentum=0.9');
    expect(config.optimizer).toMatchObject({ name: 'sgd', lr: 0.1, momentum: 0.9 });
    expect(notes).toEqual(['optimizer.betas: left out, sgd has no such option']);
    expect(problemsOf(text, 'optimizer.name=sgd', 'optimizer.betas=[0.1, 0.2]')[0]).toMatch(
      /^override optimizer\.betas/,
    );
  });
});
