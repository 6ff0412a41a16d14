/** How a file of weights begins. */
export type WeightsFormat = 'safetensors' | 'torch-zip' | 'torch-legacy' | 'gzip' | 'unknown';

const ZIP = [0x50, 0x4b];
const GZIP = [0x1f, 0x8b];
/** The legacy magic number as a LONG1 of ten bytes; it follows PROTO and, from protocol 4 on, FRAME. */
const TORCH_LEGACY = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
const PICKLE = 0x80;
const BRACE = 0x7b;

/** Tells the format by the first bytes; names of files are not looked at. */
export function sniffWeightsFormat(bytes: Uint8Array): WeightsFormat {
  if (startsWith(bytes, ZIP)) return 'torch-zip';
  if (startsWith(bytes, GZIP)) return 'gzip';
  if (bytes[0] === PICKLE && [2, 11].some((at) => startsWith(bytes, TORCH_LEGACY, at))) return 'torch-legacy';
  if (bytes[8] === BRACE) return 'safetensors';
  return 'unknown';
}

/** What an unknown file looks like, for the message that refuses it. */
export function describeUnknownWeights(bytes: Uint8Array): string {
  const ascii = (start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
  if (bytes.length === 0) return 'an empty file';
  if (ascii(257, 262) === 'ustar') return 'a tar archive (PyTorch before 0.1.10 wrote these)';
  if (ascii(1, 4) === 'HDF') return 'an HDF5 file (Keras writes these)';
  if (ascii(0, 1) === '<') return 'markup: perhaps the page of an error instead of the download';
  if (ascii(0, 7) === 'version') return 'a Git LFS pointer instead of the file itself';
  if (bytes[0] === PICKLE && (bytes[1] ?? 9) <= 5) return 'a bare pickle, not written by torch.save';
  const hex = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `${bytes.length} bytes that begin with ${hex}`;
}

function startsWith(bytes: Uint8Array, start: readonly number[], at = 0): boolean {
  return start.every((byte, i) => bytes[at + i] === byte);
}
