/** Bytes of a pickle, spelled by hand: numbers are bytes, texts are their ASCII. */
export function pickleBytes(...parts: readonly (number | string | readonly number[] | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => {
      if (typeof part === 'number') return [part];
      if (typeof part === 'string') return [...part].map((letter) => letter.charCodeAt(0));
      return [...part];
    }),
  );
}

/** A short text as pickle protocol 2 writes it. */
export function pickleText(text: string): Uint8Array {
  return pickleBytes('X', [text.length & 255, text.length >> 8, 0, 0], text);
}

/** A non-negative integer below 2^63 as pickle protocol 2 writes it. */
export function pickleInt(value: number | bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt(value), true);
  return pickleBytes(0x8a, 8, bytes);
}

/** A tuple of ready-made parts. */
export function pickleTuple(...parts: readonly Uint8Array[]): Uint8Array {
  return pickleBytes('(', ...parts, 't');
}

/** A storage's persistent id. */
export function pickleStorage({
  key = '0',
  numel = 4,
  type = 'FloatStorage',
}: {
  key?: string;
  numel?: number;
  type?: string;
} = {}): Uint8Array {
  const id = [pickleText('storage'), pickleBytes(`ctorch\n${type}\n`), pickleText(key), pickleText('cpu')];
  return pickleBytes(pickleTuple(...id, pickleInt(numel)), 'Q');
}

/** A call of `torch._utils._rebuild_tensor_v2`. */
export function pickleTensor({
  storage = pickleStorage(),
  offset = 0,
  shape = [4],
  stride = [1],
}: {
  storage?: Uint8Array;
  offset?: number;
  shape?: readonly (number | bigint)[];
  stride?: readonly (number | bigint)[];
} = {}): Uint8Array {
  const sizes = (values: readonly (number | bigint)[]) => pickleTuple(...values.map(pickleInt));
  const args = pickleTuple(
    storage,
    pickleInt(offset),
    sizes(shape),
    sizes(stride),
    pickleBytes(0x89),
    pickleBytes('N'),
  );
  return pickleBytes('ctorch._utils\n_rebuild_tensor_v2\n', args, 'R');
}

/** A whole pickle of the dict `{weight: value}`. */
export function pickleStateDict(value: Uint8Array): Uint8Array {
  return pickleBytes(0x80, 2, '}', pickleText('weight'), value, 's.');
}
