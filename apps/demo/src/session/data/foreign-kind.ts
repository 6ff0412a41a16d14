/** How files that are often taken for something else begin. */
const BEGINNINGS: readonly (readonly [what: string, ...bytes: number[]])[] = [
  ['a PNG picture', 0x89, 0x50, 0x4e, 0x47],
  ['a JPEG picture', 0xff, 0xd8, 0xff],
  ['a GIF picture', 0x47, 0x49, 0x46, 0x38],
  ['a ZIP archive: unpack it first', 0x50, 0x4b, 0x03, 0x04],
  ['a PDF', 0x25, 0x50, 0x44, 0x46],
  ['an MP3', 0x49, 0x44, 0x33],
];

/** What the first bytes of a file say that it is, whatever its name says: ` (a PNG picture)`; empty where they do not. */
export function foreignKind(head: Uint8Array): string {
  if (head.length === 0) return ' (it is empty)';
  const found = BEGINNINGS.find(([, ...bytes]) => bytes.every((byte, i) => head[i] === byte));
  return found ? ` (${found[0]})` : '';
}
