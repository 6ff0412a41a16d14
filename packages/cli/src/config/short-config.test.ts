import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configText } from './config-text.ts';
import { parseConfig } from './parse-config.ts';
import { shortConfig } from './short-config.ts';

const root = new URL('../../../../configs/', import.meta.url);

describe('the short form of a config', () => {
  test.each(['quickstart.yaml', 'transfer.yaml', 'notebooks/002.yaml', 'notebooks/004.yaml'])(
    '%s survives being shortened and written',
    (name) => {
      const { config } = parseConfig({ text: readFileSync(new URL(name, root), 'utf8') });
      const text = configText(shortConfig(config));
      expect(parseConfig({ text }).config).toEqual(config);
    },
  );

  test('leaves out every default, and keeps what differs', () => {
    const { config } = parseConfig({ text: 'model: tiny-cnn\noptimizer: { name: adam, lr: 0.001, weightDecay: 0.1 }' });
    expect(shortConfig(config)).toEqual({ model: { name: 'tiny-cnn' }, optimizer: { weightDecay: 0.1 } });
  });

  test('of a config that an older version resolved lacks what has a default now', () => {
    const { config } = parseConfig({ text: 'model: tiny-cnn\nseed: 3' });
    const { loss: _loss, ...older } = config;
    expect(shortConfig({ ...older, loss: { name: 'cross-entropy' } })).toEqual({
      seed: 3,
      model: { name: 'tiny-cnn' },
    });
  });

  test('keeps the name of a component that is not the usual one', () => {
    const { config } = parseConfig({ text: 'model: mlp\noptimizer: sgd\ndata: synthetic-digits' });
    expect(shortConfig(config)).toMatchObject({ data: { name: 'synthetic-digits' }, optimizer: { name: 'sgd' } });
  });
});
