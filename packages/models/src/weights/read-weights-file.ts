import { readFile } from 'node:fs/promises';
import { CnnError, type StateDict } from '@cnn/core';
import { openWeights, type ReadWeightsOptions, type WeightsFile } from './read-weights.ts';

/**
 * Reads a state dict from a file: safetensors, `.pt` or `.pth`, gzipped or not.
 *
 * @example
 * model.loadStateDict(await readWeightsFile('mnist_cnn.pt'));
 * @throws CnnError `missing-file`, `io`, and as `readWeights`.
 */
export async function readWeightsFile(path: string, options: Partial<ReadWeightsOptions> = {}): Promise<StateDict> {
  return (await openWeightsFile(path, options)).state;
}

/** As `readWeightsFile`, with the format and the metadata. */
export async function openWeightsFile(path: string, options: Partial<ReadWeightsOptions> = {}): Promise<WeightsFile> {
  const buffer = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const missing = cause.code === 'ENOENT';
    throw new CnnError(
      missing ? 'missing-file' : 'io',
      {
        where: path,
        expected: 'a file of weights',
        received: missing ? 'no such file' : cause.message,
        remedy: 'Check the path and its permissions',
      },
      { cause },
    );
  });
  return openWeights(new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length), { name: path, ...options });
}
