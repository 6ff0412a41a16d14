import type { TextFile } from './text-file.ts';
import { checkTextSize } from './text-size.ts';

/** A text in memory: for a page that shows it or offers it as a download. */
export function memoryText(): TextFile & { readonly text: string } {
  let bytes = new Uint8Array();
  return {
    get text() {
      return new TextDecoder().decode(bytes);
    },
    async open(sizeBytes) {
      checkTextSize('memoryText', bytes.length, sizeBytes);
      bytes = bytes.slice(0, sizeBytes);
    },
    async append(text) {
      const added = new TextEncoder().encode(text);
      const grown = new Uint8Array(bytes.length + added.length);
      grown.set(bytes);
      grown.set(added, bytes.length);
      bytes = grown;
    },
    async flush() {
      return bytes.length;
    },
    async close() {},
  };
}
