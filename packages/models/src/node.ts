export { defaultCacheDir, fileByteCache } from './cache/file-byte-cache.ts';
export { type LoadPretrainedOptions, loadPretrained } from './pretrained/load-pretrained.ts';
export { openWeightsFile, readWeightsFile } from './weights/read-weights-file.ts';
