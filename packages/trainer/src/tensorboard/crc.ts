/** A table for one reflected 32-bit polynomial. */
function crcTable(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc;
  });
}

const CASTAGNOLI = crcTable(0x82f63b78);
const ETHERNET = crcTable(0xedb88320);

function crcOf(bytes: Uint8Array, table: Uint32Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = table[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** CRC-32C (Castagnoli), as event files use it. @see RFC 3720, B.4 */
export function crc32c(bytes: Uint8Array): number {
  return crcOf(bytes, CASTAGNOLI);
}

/** CRC-32 of PNG and zip. */
export function crc32(bytes: Uint8Array): number {
  return crcOf(bytes, ETHERNET);
}

/** The checksum as records of events hold it: rotated, so that a checksum of checksums stays strong. */
export function maskedCrc32c(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
