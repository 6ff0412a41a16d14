import { zipSync } from 'fflate';
import { pickleBytes, pickleInt, pickleText } from './pickle-bytes.ts';

/** A zip checkpoint with this pickle and these storages, stored as `torch.save` stores them. */
export function torchArchive(
  pickle: Uint8Array,
  {
    storages = { '0': new Uint8Array(16) },
    more = {},
    level = 0,
  }: { storages?: Record<string, Uint8Array>; more?: Record<string, Uint8Array>; level?: 0 | 9 } = {},
): Uint8Array {
  const data = Object.entries(storages).map(([key, bytes]): [string, Uint8Array] => [`archive/data/${key}`, bytes]);
  return zipSync({ 'archive/data.pkl': pickle, ...Object.fromEntries(data), ...more }, { level });
}

/** A legacy checkpoint with this pickle and one storage of float32 under the key `0`. */
export function torchLegacyFile(
  pickle: Uint8Array,
  {
    keys = ['0'],
    numel = 4,
    storage = new Uint8Array(16),
  }: { keys?: string[]; numel?: number; storage?: Uint8Array } = {},
): Uint8Array {
  const magic = pickleBytes(0x80, 2, 0x8a, 10, [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19], '.');
  const protocol = pickleBytes(0x80, 2, pickleInt(1001), '.');
  const system = pickleBytes(0x80, 2, '}.');
  const keyList = pickleBytes(0x80, 2, '](', ...keys.map(pickleText), 'e.');
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(numel), true);
  return pickleBytes(magic, protocol, system, pickle, keyList, length, storage);
}
