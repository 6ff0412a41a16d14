export { type ByteSource, type NamedBytes, readBytes } from './bytes/byte-source.ts';
export { md5 } from './bytes/md5.ts';
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
export { centerDigit } from './digits/center-digit.ts';
export type { DownloadOptions, DownloadProgress } from './download/download-progress.ts';
export { type FetchDatasetOptions, fetchDataset } from './download/fetch-dataset.ts';
export { type IdxDatasetOptions, idxDataset } from './idx/idx-dataset.ts';
export { type IdxArray, parseIdx } from './idx/parse-idx.ts';
export { decodeBlob } from './images/decode-blob.ts';
export { type ImageFilesOptions, imageFilesDataset } from './images/image-files-dataset.ts';
export type { ImageListDataset } from './images/image-list-dataset.ts';
export { withChannels } from './images/with-channels.ts';
export { DataLoader, type DataLoaderOptions } from './loader/data-loader.ts';
export { readSampleShape } from './loader/read-sample-shape.ts';
export { type CachedDatasetOptions, cachedDataset } from './memory/cached-dataset.ts';
export { concat } from './memory/concat.ts';
export { type MemoryDataset, type MemoryDatasetOptions, memoryDataset } from './memory/memory-dataset.ts';
export { type DatasetSplit, splitDataset } from './memory/split-dataset.ts';
export { limit, subset } from './memory/subset.ts';
export { transformedDataset } from './memory/transformed-dataset.ts';
export { SampleRandom } from './random/sample-random.ts';
export { type DatasetStatistics, datasetStatistics } from './statistics/dataset-statistics.ts';
export { type SyntheticDigitsOptions, syntheticDigits } from './synthetic/synthetic-digits.ts';
export { centerCrop } from './transforms/center-crop.ts';
export { type ColorJitterOptions, colorJitter } from './transforms/color-jitter.ts';
export { compose } from './transforms/compose.ts';
export type { Size } from './transforms/crop-image.ts';
export { grayscale } from './transforms/grayscale.ts';
export { type NormalizeOptions, normalize } from './transforms/normalize.ts';
export { type Padding, pad } from './transforms/pad.ts';
export { type RandomAffineOptions, randomAffine, randomRotation } from './transforms/random-affine.ts';
export { type RandomCropOptions, randomCrop } from './transforms/random-crop.ts';
export { type RandomErasingOptions, randomErasing } from './transforms/random-erasing.ts';
export { randomHorizontalFlip, randomVerticalFlip } from './transforms/random-flip.ts';
export { type RandomResizedCropOptions, randomResizedCrop } from './transforms/random-resized-crop.ts';
export { type ResizeOptions, resize } from './transforms/resize.ts';
export { toFloat } from './transforms/to-float.ts';
export type { Image, Transform } from './transforms/transform.ts';
