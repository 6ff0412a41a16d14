import { readFileSync } from 'node:fs';
import { CnnError } from '@cnn/core';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { torchArchive, torchLegacyFile } from '../../test/support/torch-archive.ts';
import { readTorchWeights } from './read-torch-weights.ts';

const FOLDER = new URL('../../test/fixtures/checkpoints/', import.meta.url);
const LIMITS = { maxExpandedBytes: 2 ** 20, maxPickleObjects: 10_000 };

/** Whatever the bytes are, there are tensors or there is a `CnnError`: no other error, no hang, no flood of memory. */
function readOrRefuse(bytes: Uint8Array, format: 'torch-zip' | 'torch-legacy'): void {
  try {
    readTorchWeights(bytes, { format, name: 'fuzzed', limits: LIMITS });
  } catch (error) {
    if (!(error instanceof CnnError)) throw error;
  }
}

const edits = fc.array(fc.record({ at: fc.nat(), byte: fc.nat(255) }), { minLength: 1, maxLength: 6 });

describe('any file', () => {
  it.each([
    ['zip.pt', 'torch-zip'],
    ['deflated.pt', 'torch-zip'],
    ['legacy.pt', 'torch-legacy'],
    ['training-legacy.pt', 'torch-legacy'],
  ] as const)('that is %s with some bytes changed or cut off is read or refused', (name, format) => {
    const original = new Uint8Array(readFileSync(new URL(name, FOLDER)));
    fc.assert(
      fc.property(edits, fc.option(fc.nat(original.length)), (changes, length) => {
        const bytes = original.slice(0, length ?? original.length);
        for (const { at, byte } of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
        readOrRefuse(bytes, format);
      }),
      { numRuns: 400 },
    );
  });

  it('with a pickle of random opcodes is read or refused', () => {
    const opcode = fc.constantFrom(
      ...'(.0}]tulse)RbQNq\x00h\x00K\x01cjJ\x85\x86\x87\x88\x89\x8f\x90\x91\x94'.split(''),
    );
    const known = fc.constantFrom(
      'ccollections\nOrderedDict\n',
      'ctorch._utils\n_rebuild_tensor_v2\n',
      'ctorch\nSize\n',
    );
    const program = fc.array(fc.oneof({ weight: 9, arbitrary: opcode }, { weight: 1, arbitrary: known }));
    fc.assert(
      fc.property(program, (parts) => {
        const pickle = Uint8Array.from(`\x80\x02${parts.join('')}.`, (letter) => letter.charCodeAt(0));
        readOrRefuse(torchArchive(pickle), 'torch-zip');
        readOrRefuse(torchLegacyFile(pickle), 'torch-legacy');
      }),
      { numRuns: 1000 },
    );
  });

  it('of random bytes is read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        readOrRefuse(bytes, 'torch-zip');
        readOrRefuse(bytes, 'torch-legacy');
      }),
      { numRuns: 500 },
    );
  });
});
