import { describe, expect, it } from 'vitest';
import { BlockAllocator } from './block-allocator.ts';

/** Numbers in [0, 1) from a seed. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('the allocator', () => {
  it('never hands out overlapping blocks, and gets everything back', () => {
    const range = { start: 4096, end: 4096 + 2 ** 20 };
    const allocator = new BlockAllocator(range);
    const random = sequence(7);
    const held: { pointer: number; sizeBytes: number }[] = [];
    for (let i = 0; i < 20_000; i++) {
      if (held.length > 0 && random() < 0.5) {
        const [block] = held.splice(Math.floor(random() * held.length), 1);
        allocator.free(block!.pointer);
        continue;
      }
      const sizeBytes = Math.floor(random() ** 4 * 60_000);
      const pointer = allocator.allocate(sizeBytes);
      if (pointer === undefined) continue;
      expect(pointer % 64).toBe(0);
      expect(pointer).toBeGreaterThanOrEqual(range.start);
      expect(pointer + sizeBytes).toBeLessThanOrEqual(range.end);
      if (i % 100 === 0) {
        for (const other of held) {
          expect(pointer + sizeBytes <= other.pointer || other.pointer + other.sizeBytes <= pointer).toBe(true);
        }
      }
      held.push({ pointer, sizeBytes });
    }
    for (const { pointer } of held) allocator.free(pointer);
    expect(allocator.usedBytes).toBe(0);
    expect(allocator.blockCount).toBe(0);
    // All free neighbours have become one block again.
    expect(allocator.allocate(2 ** 20)).toBe(range.start);
  });

  it('uses what it is given later, joined with what was free at the end', () => {
    const allocator = new BlockAllocator({ start: 0, end: 1024 });
    const first = allocator.allocate(512)!;
    expect(allocator.allocate(1024)).toBeUndefined();
    expect(allocator.shortfall(1024)).toBe(512);
    allocator.grow(1536);
    expect(allocator.allocate(1024)).toBe(512);
    allocator.free(first);
    expect(allocator.allocate(512)).toBe(0);
  });

  it('remembers the most that was in use', () => {
    const allocator = new BlockAllocator({ start: 0, end: 4096 });
    const blocks = [allocator.allocate(1024)!, allocator.allocate(1024)!];
    for (const block of blocks) allocator.free(block);
    allocator.allocate(64);
    expect(allocator.usedBytes).toBe(64);
    expect(allocator.peakBytes).toBe(2048);
  });

  it('gives a block to an allocation of no bytes', () => {
    const allocator = new BlockAllocator({ start: 0, end: 256 });
    expect(allocator.allocate(0)).toBe(0);
    expect(allocator.allocate(0)).toBe(64);
  });
});
