/** 32-bit words as base64 of their little-endian bytes. */
export function encodeWords(words: Uint32Array): string {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => {
    view.setUint32(4 * i, word, true);
  });
  return btoa(String.fromCharCode(...bytes));
}

/** Undoes `encodeWords`. Empty for text that is no base64. */
export function decodeWords(text: string): Uint32Array {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return new Uint32Array(0);
  }
  const view = new DataView(Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer);
  return Uint32Array.from({ length: view.byteLength >> 2 }, (_, i) => view.getUint32(4 * i, true));
}
