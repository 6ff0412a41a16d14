import type { CatalogueEntry } from './catalogue.ts';

/** Digits that this package draws: nothing to download. */
export const SYNTHETIC_DIGITS: CatalogueEntry = {
  name: 'synthetic-digits',
  title: 'Synthetic digits, drawn from a seed',
  format: 'generated',
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  sampleShape: [28, 28, 1],
  counts: { train: 12_000, test: 2_000 },
  mean: [0.1198],
  std: [0.2643],
  parts: { train: [], test: [] },
  archives: [],
  mirrors: [],
  folders: [],
  licence: 'MIT',
  homepage: 'Part of @cnn/datasets',
  citation: 'None needed.',
};
