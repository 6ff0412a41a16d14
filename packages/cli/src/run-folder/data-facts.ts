import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageShape } from '@cnn/core';
import { CATALOGUE } from '@cnn/datasets';
import type { Config } from '../config/config.ts';
import type { OpenedData } from '../experiment/assemble-data.ts';
import { openData } from '../experiment/open-data.ts';

/** What has to be known of a run's data to use its model without them: the content of `data.json`. */
export interface DataFacts {
  readonly name: string;
  readonly classNames: readonly string[];
  /** Of an image before all transforms, `[H, W, C]`; null where files differ in size. */
  readonly imageShape: ImageShape | null;
  readonly counts: { readonly train: number; readonly validation: number; readonly test: number };
}

/** The facts about opened data. */
export function dataFacts({ train, validation, test, classNames }: OpenedData): DataFacts {
  return {
    name: train.name,
    classNames,
    imageShape: train.sampleShape,
    counts: { train: train.length, validation: validation?.length ?? 0, test: test?.length ?? 0 },
  };
}

/** The facts about a config's data: from the run folder, from the catalogue, or else by opening them. */
export async function readDataFacts(
  config: Config,
  { cwd, runDir }: { cwd: string; runDir: string | null },
): Promise<Pick<DataFacts, 'classNames' | 'imageShape'>> {
  const path = runDir && join(runDir, 'data.json');
  if (path && existsSync(path)) return JSON.parse(await readFile(path, 'utf8')) as DataFacts;
  const entry = CATALOGUE.find(({ name }) => name === config.data.name);
  if (entry) return { classNames: entry.classNames, imageShape: entry.sampleShape };
  return dataFacts(await openData(config, { cwd }));
}
