import { CnnError } from '../errors/cnn-error.ts';
import type { HostTensor } from '../nn/state-entry.ts';
import { safetensorsDtypeOf } from './safetensors-dtype.ts';
import { SAFETENSORS_PREFIX_BYTES } from './safetensors-header.ts';

/** The data begins at a multiple of this, so that readers can use views. */
const ALIGNMENT = 8;

/**
 * Writes a safetensors file. The same tensors and metadata give the same bytes in whatever order they come: wider
 * dtypes first, then by name, as the format's own library orders them.
 *
 * @param metadata Free text by key, for example `{ format: 'pt' }`.
 * @throws CnnError `invalid-argument` naming a tensor whose data does not fit its shape and dtype.
 * @see https://huggingface.co/docs/safetensors
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, HostTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const ordered = [...tensors].sort(([nameA, a], [nameB, b]) => rank(a) - rank(b) || compareBytes(nameA, nameB));
  const head = headerBytes(ordered, metadata);
  const dataBytes = ordered.reduce((sum, [, tensor]) => sum + tensor.data.byteLength, 0);
  const file = new Uint8Array(head.length + dataBytes);
  file.set(head);
  let position = head.length;
  for (const [, { data }] of ordered) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return file;
}

/** The length, then the header, with spaces up to the alignment. */
function headerBytes(ordered: readonly [string, HostTensor][], metadata: Readonly<Record<string, string>>): Uint8Array {
  const header: [string, unknown][] = [];
  const keys = Object.keys(metadata).sort(compareBytes);
  if (keys.length > 0) header.push(['__metadata__', Object.fromEntries(keys.map((key) => [key, metadata[key]]))]);
  let position = 0;
  for (const [name, tensor] of ordered) {
    checkTensor(name, tensor);
    const end = position + tensor.data.byteLength;
    const { name: dtype } = safetensorsDtypeOf(tensor.dtype);
    header.push([name, { dtype, shape: tensor.shape, data_offsets: [position, end] }]);
    position = end;
  }
  // Joined by hand: an object would put names that are numbers first.
  const fields = header.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const json = new TextEncoder().encode(`{${fields.join(',')}}`);
  const length = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(SAFETENSORS_PREFIX_BYTES + length).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, SAFETENSORS_PREFIX_BYTES);
  return bytes;
}

function checkTensor(name: string, { dtype, shape, data }: HostTensor): void {
  const elements = shape.reduce((product, side) => product * side, 1);
  const bytes = elements * safetensorsDtypeOf(dtype).bytesPerElement;
  if (name !== '__metadata__' && data.byteLength === bytes) return;
  throw new CnnError('invalid-argument', {
    where: `writeSafetensors: tensor '${name}'`,
    expected: name === '__metadata__' ? 'another name' : `${bytes} bytes for ${dtype} [${shape.join(', ')}]`,
    received: name === '__metadata__' ? 'the name that the format reserves' : `${data.byteLength} bytes`,
    remedy: 'Give the tensor the shape and dtype of its data',
  });
}

function rank({ dtype }: HostTensor): number {
  return safetensorsDtypeOf(dtype).rank;
}

/** By code point, as bytes of UTF-8 compare. */
function compareBytes(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
