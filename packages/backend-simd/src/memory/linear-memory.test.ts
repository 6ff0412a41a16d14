import { CnnError } from '@cnn/core';
import { describe, expect, it } from 'vitest';
import { LinearMemory } from './linear-memory.ts';

const MEBIBYTE = 2 ** 20;

describe('linear memory', () => {
  it.each([true, false])('grows when it is full (shared: %s)', (shared) => {
    const memory = new LinearMemory({ shared, maximumBytes: 256 * MEBIBYTE });
    const before = memory.info.reservedBytes;
    const blocks = Array.from({ length: 6 }, () => memory.allocate(16 * MEBIBYTE));
    memory.floats(blocks[5]!.pointer, 4).fill(1);
    expect(memory.info.reservedBytes).toBeGreaterThan(before);
    for (const block of blocks) block.release();
    expect(memory.info).toMatchObject({ usedBytes: 0, blocks: 0, peakBytes: 96 * MEBIBYTE });
  });

  it('says at its limit what was asked, what is held and what to do', () => {
    const memory = new LinearMemory({ shared: true, maximumBytes: 64 * MEBIBYTE });
    memory.allocate(40 * MEBIBYTE);
    const attempt = (): unknown => memory.allocate(30 * MEBIBYTE);
    expect(attempt).toThrow(CnnError);
    expect(attempt).toThrow(
      'simd backend: expected room for 30 MiB more within the limit of 64 MiB, received 40 MiB held in 1 blocks. ' +
        'Use a smaller batch',
    );
    // It goes on working below the limit.
    memory.allocate(10 * MEBIBYTE);
  });

  it('grows to its limit exactly when it must', () => {
    const memory = new LinearMemory({ shared: true, maximumBytes: 32 * MEBIBYTE });
    memory.allocate(31 * MEBIBYTE);
    expect(memory.info.reservedBytes).toBeLessThanOrEqual(32 * MEBIBYTE);
  });

  it('frees a block when the last one who needs it releases it', () => {
    const memory = new LinearMemory({ shared: true, maximumBytes: 32 * MEBIBYTE });
    const block = memory.allocate(1024).retain();
    block.release();
    expect(memory.info.blocks).toBe(1);
    block.release();
    expect(memory.info.blocks).toBe(0);
  });

  it('keeps a derived form until the contents change', () => {
    const memory = new LinearMemory({ shared: true, maximumBytes: 32 * MEBIBYTE });
    const block = memory.allocate(1024);
    let computed = 0;
    const derive = (): void =>
      block
        .derive('doubled', () => {
          computed++;
          return memory.allocate(2048);
        })
        .release();
    derive();
    derive();
    expect(computed).toBe(1);
    block.forgetDerived();
    derive();
    expect(computed).toBe(2);
    block.release();
    expect(memory.info.blocks).toBe(0);
  });
});
