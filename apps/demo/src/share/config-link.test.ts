import { configText, parseConfig, shortConfig } from '@cnn/cli/config';
import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../state/default-config.ts';
import { linkHash, readLinkHash } from './config-link.ts';

describe('a link', () => {
  test('carries the whole configuration in a short hash of plain characters', async () => {
    const yaml = configText(shortConfig(DEFAULT_CONFIG));
    const hash = await linkHash(yaml);
    expect(hash).toMatch(/^#c=[\w-]+$/);
    expect(hash.length).toBeLessThan(250);
    const text = await readLinkHash(hash);
    expect(parseConfig({ text: text ?? '' }).config).toEqual(DEFAULT_CONFIG);
  });

  test('keeps letters of every language', async () => {
    expect(await readLinkHash(await linkHash('name: Übung-数'))).toBe('name: Übung-数');
  });

  test('may be written by hand, as YAML', async () => {
    expect(await readLinkHash('#c=model:%20mlp')).toBe('model: mlp');
  });

  test('other hashes carry nothing', async () => {
    expect(await readLinkHash('')).toBeNull();
    expect(await readLinkHash('#at-network')).toBeNull();
  });

  test.each(['#c=abc', '#c=____'])('%s is refused with a reason', async (hash) => {
    await expect(readLinkHash(hash)).rejects.toThrow(/expected compressed YAML/);
  });

  test('one that was cut off is refused', async () => {
    const hash = await linkHash('model: tiny-cnn\ndata: synthetic-digits');
    await expect(readLinkHash(hash.slice(0, -9))).rejects.toThrow(/Its end is missing/);
  });

  test('a bomb is refused before it fills the memory', async () => {
    const hash = await linkHash('a'.repeat(5_000_000));
    await expect(readLinkHash(hash)).rejects.toThrow(/expected compressed YAML/);
  });
});
