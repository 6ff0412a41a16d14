import { expect, it } from 'vitest';
import { dropoutRates, mayAddDropout } from '../session/config-dropout.ts';
import { DEFAULT_CONFIG } from './default-config.ts';
import { withDropoutLayer } from './dropout-layer.ts';

const names = (config: typeof DEFAULT_CONFIG): string[] =>
  (config.model.layers as { name: string }[]).map(({ name }) => name);

it('gives the first network a dropout layer before its last one', () => {
  const config = withDropoutLayer(DEFAULT_CONFIG);
  expect(names(config)).toEqual(['conv2d', 'relu', 'max-pool2d', 'flatten', 'dropout', 'linear']);
  expect(dropoutRates(config)).toEqual([0.25]);
  expect({ ...config, model: null }).toEqual({ ...DEFAULT_CONFIG, model: null });
});

it('gives layers of one’s own one more, at the end where nothing is linear', () => {
  const own = (layers: string[]) => ({ ...DEFAULT_CONFIG, model: { name: 'sequential', input: null, layers } });
  expect(names(withDropoutLayer(own(['conv2d', 'flatten'])))).toEqual(['conv2d', 'flatten', 'dropout']);
});

it('has no place for one in a residual network', () => {
  expect(mayAddDropout({ ...DEFAULT_CONFIG, model: { name: 'resnet18' } })).toBe(false);
  expect(mayAddDropout(DEFAULT_CONFIG)).toBe(true);
});
