import { describe, expect, test } from 'vitest';
import { datasetStatistics } from '../statistics/dataset-statistics.ts';
import { syntheticDigits } from '../synthetic/synthetic-digits.ts';
import { CATALOGUE, catalogueEntry } from './catalogue.ts';

test('names are unique and kebab-case', () => {
  const names = CATALOGUE.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});

describe.each(CATALOGUE.map((entry) => [entry.name, entry] as const))('%s', (_name, entry) => {
  test('is described completely', () => {
    expect(new Set(entry.classNames).size).toBe(entry.classNames.length);
    expect(entry.mean.length).toBe(entry.sampleShape[2]);
    expect(entry.std.length).toBe(entry.sampleShape[2]);
    expect(entry.licence && entry.homepage && entry.citation).toBeTruthy();
  });

  test('every part is in one archive, every archive has a checksum and a mirror', () => {
    const parts = [...entry.parts.train, ...entry.parts.test];
    for (const { file, md5 } of parts) {
      expect(entry.archives.filter((archive) => archive.parts.includes(file)).length).toBe(1);
      if (md5 !== null) expect(md5).toMatch(/^[0-9a-f]{32}$/);
    }
    for (const { md5 } of entry.archives) expect(md5).toMatch(/^[0-9a-f]{32}$/);
    for (const mirror of entry.mirrors) expect(mirror).toMatch(/^https?:.*\/$/);
    expect(entry.mirrors.length > 0).toBe(entry.archives.length > 0);
  });
});

test('the mean and deviation of the synthetic digits are those of their training pixels', async () => {
  const { mean, std } = catalogueEntry('synthetic-digits');
  const statistics = await datasetStatistics(syntheticDigits());
  expect(statistics.mean[0]).toBeCloseTo(mean[0]!, 4);
  expect(statistics.std[0]).toBeCloseTo(std[0]!, 4);
});
