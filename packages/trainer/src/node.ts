export { fileStore } from './node/file-store.ts';
export { textFile } from './node/text-file.ts';
