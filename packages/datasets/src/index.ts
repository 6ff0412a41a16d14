export { type ByteSource, type NamedBytes, readBytes } from './bytes/byte-source.ts';
export type { SplitOptions } from './catalogue/assemble-split.ts';
export {
  CATALOGUE,
  type CatalogueArchive,
  type CatalogueEntry,
  type CataloguePart,
  catalogueEntry,
  type Split,
} from './catalogue/catalogue.ts';
export { cifarDataset } from './cifar/cifar-dataset.ts';
export { type CsvChunksOptions, csvChunks } from './csv/csv-chunks.ts';
export { type CsvDatasetOptions, csvDataset } from './csv/csv-dataset.ts';
export type { DownloadOptions, DownloadProgress } from './download/download-progress.ts';
export { type FetchDatasetOptions, fetchDataset } from './download/fetch-dataset.ts';
export { type IdxDatasetOptions, idxDataset } from './idx/idx-dataset.ts';
export { type IdxArray, parseIdx } from './idx/parse-idx.ts';
export { DataLoader, type DataLoaderOptions } from './loader/data-loader.ts';
export { concat } from './memory/concat.ts';
export { type MemoryDataset, type MemoryDatasetOptions, memoryDataset } from './memory/memory-dataset.ts';
export { type DatasetSplit, splitDataset } from './memory/split-dataset.ts';
export { limit, subset } from './memory/subset.ts';
export { SampleRandom } from './random/sample-random.ts';
export { type SyntheticDigitsOptions, syntheticDigits } from './synthetic/synthetic-digits.ts';
export { compose } from './transforms/compose.ts';
export { type NormalizeOptions, normalize } from './transforms/normalize.ts';
export { toFloat } from './transforms/to-float.ts';
export type { Image, Transform } from './transforms/transform.ts';
