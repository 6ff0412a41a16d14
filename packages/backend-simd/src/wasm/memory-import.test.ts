import { expect, it } from 'vitest';
import { wasmBase64 } from './generated/simd-wasm.ts';
import { withUnsharedMemory } from './memory-import.ts';

it('one binary runs on shared memory and, patched, on memory that is not shared', async () => {
  const binary = Uint8Array.from(Buffer.from(wasmBase64, 'base64'));
  for (const shared of [true, false]) {
    const module = await WebAssembly.compile(shared ? binary : withUnsharedMemory(binary));
    const memory = new WebAssembly.Memory({ initial: 2, maximum: 65_536, shared });
    const { fill } = (await WebAssembly.instantiate(module, { env: { memory } })).exports as { fill: CallableFunction };
    fill(65_536, 3, 7, 0, 1);
    expect([...new Float32Array(memory.buffer, 65_536, 3)]).toEqual([7, 7, 7]);
  }
});
