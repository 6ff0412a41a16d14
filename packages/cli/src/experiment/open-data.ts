import { DATASETS, type DataContext } from '../components/datasets.ts';
import { createBuiltIn } from '../config/built-in.ts';
import { componentParts, isModulePath } from '../config/component.ts';
import type { Config } from '../config/config.ts';
import { loadDataModule } from '../modules/load-data-module.ts';
import { assembleData, type DataParts, type OpenedData } from './assemble-data.ts';

/**
 * Opens the data sets that a config names.
 *
 * @throws CnnError `missing-file`, `network`, `invalid-file` when they cannot be had; `invalid-shape` when a transform
 * does not fit the images.
 */
export async function openData(config: Config, context: Omit<DataContext, 'seed'>): Promise<OpenedData> {
  return assembleData(config, await openParts(config, { ...context, seed: config.seed }));
}

function openParts({ data }: Config, context: DataContext): Promise<DataParts> {
  const [name, options] = componentParts(data);
  return isModulePath(name)
    ? loadDataModule(name, { options, seed: context.seed })
    : createBuiltIn(DATASETS, data, context);
}
