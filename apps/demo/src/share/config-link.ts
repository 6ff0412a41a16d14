/** How the hash of a link begins: `#c=`, then the compressed YAML of what differs from the defaults. */
const PREFIX = '#c=';
/** No configuration is longer; what unpacks to more is not one of ours. */
const MAX_TEXT_LENGTH = 200_000;

/** The hash of a link that carries this YAML: deflated, base64url. */
export async function linkHash(yaml: string): Promise<string> {
  const packed = await through(new Blob([yaml]), new CompressionStream('deflate-raw'));
  return PREFIX + toBase64Url(packed);
}

/**
 * The YAML that the hash of an address carries; null when it carries none. Hand-written YAML is understood too:
 * `#c=model: mlp`.
 *
 * @throws Error that says what is wrong with it.
 */
export async function readLinkHash(hash: string): Promise<string | null> {
  if (!hash.startsWith(PREFIX)) return null;
  const written = hash.slice(PREFIX.length);
  let text: string;
  try {
    if (!/^[\w-]+$/.test(written)) return decodeURIComponent(written);
    const unpacked = await through(new Blob([fromBase64Url(written)]), new DecompressionStream('deflate-raw'));
    text = new TextDecoder('utf-8', { fatal: true }).decode(unpacked);
  } catch {
    throw new Error(
      'Its end is missing, or it was changed: expected compressed YAML after #c=. Ask for the link again.',
    );
  }
  return text;
}

async function through(data: Blob, stream: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> {
  const reader = data.stream().pipeThrough(stream).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const chunk = new Uint8Array(part.value);
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_TEXT_LENGTH) throw new Error('too long');
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function toBase64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
