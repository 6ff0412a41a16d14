export type { SearchOptions } from './files/locate-part.ts';
export { type OpenDatasetOptions, openDataset } from './files/open-dataset.ts';
