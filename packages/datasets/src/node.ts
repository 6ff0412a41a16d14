export { type DecodeImageOptions, decodeImage, type ImageDecoder } from './files/decode-image.ts';
export { type DownloadDatasetOptions, downloadDataset } from './files/download-dataset.ts';
export type { SearchOptions } from './files/locate-part.ts';
export { openCsv } from './files/open-csv.ts';
export { type OpenDatasetOptions, openDataset } from './files/open-dataset.ts';
export { type OpenIdxOptions, openIdx } from './files/open-idx.ts';
export { type OpenImageFolderOptions, openImageFolder } from './files/open-image-folder.ts';
export { type FileVerdict, verifyDataset } from './files/verify-dataset.ts';
export { writeCsv } from './files/write-csv.ts';
