import type { TextFile } from './text-file.ts';
import { checkTextSize } from './text-size.ts';

/** What `memoryText` makes. */
export interface MemoryText extends TextFile {
  /** All that was appended, read as UTF-8. */
  readonly text: string;
  /** All that was appended. */
  readonly bytes: Uint8Array;
}

/** A text in memory: for a page that shows it or offers it as a download. */
export function memoryText(): MemoryText {
  let bytes = new Uint8Array();
  return {
    get text() {
      return new TextDecoder().decode(bytes);
    },
    get bytes() {
      return bytes;
    },
    async open(sizeBytes) {
      checkTextSize('memoryText', bytes.length, sizeBytes);
      bytes = bytes.slice(0, sizeBytes);
      return sizeBytes;
    },
    async append(data) {
      const added = typeof data === 'string' ? new TextEncoder().encode(data) : data;
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
