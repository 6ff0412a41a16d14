import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readWeightsFile } from './read-weights-file.ts';

const FOLDER = fileURLToPath(new URL('../../test/fixtures/checkpoints/', import.meta.url));

describe('readWeightsFile', () => {
  it('reads a file by its path', async () => {
    expect((await readWeightsFile(`${FOLDER}zip.pt`)).size).toBe(20);
  });

  it('names the path of a file that is not there, is a folder, or is refused', async () => {
    await expect(readWeightsFile(`${FOLDER}none.pt`)).rejects.toThrow(/none\.pt: .*no such file/);
    await expect(readWeightsFile(FOLDER)).rejects.toMatchObject({ code: 'io' });
    await expect(readWeightsFile(`${FOLDER}os-system.pt`)).rejects.toThrow(/os-system\.pt: .*posix\.system/);
  });
});
