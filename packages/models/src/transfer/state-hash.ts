import type { Module } from '@cnn/core';
import { sha256 } from '../cache/check-sha256.ts';

/**
 * SHA-256 of the bytes of a module's state, running statistics included: what must not change while it is frozen. Reads
 * the parameters back. `without` is the path of a part that does not count, for example the head.
 */
export async function stateHash(module: Module, { without }: { without?: string } = {}): Promise<string> {
  const hashes: string[] = [];
  for (const [name, { dtype, shape, data }] of await module.stateDict()) {
    if (without !== undefined && name.startsWith(`${without}.`)) continue;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    hashes.push(`${name} ${dtype} [${shape}] ${await sha256(bytes)}`);
  }
  return sha256(new TextEncoder().encode(hashes.join('\n')));
}
