/** A tar archive of these members. */
export function tarBytes(members: readonly (readonly [name: string, bytes: Uint8Array])[]): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const [name, bytes] of members) {
    const header = new Uint8Array(512);
    header.set(new TextEncoder().encode(name));
    header.set(new TextEncoder().encode(`${bytes.length.toString(8).padStart(11, '0')}\0`), 124);
    const body = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
    body.set(bytes);
    blocks.push(header, body);
  }
  blocks.push(new Uint8Array(1024));
  return Uint8Array.from(Buffer.concat(blocks));
}
