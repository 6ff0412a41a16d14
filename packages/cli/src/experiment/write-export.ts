import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CnnError, type Module } from '@cnn/core';
import { exportOnnx, exportSafetensors, exportTfjs, type Preprocessing } from '@cnn/models';
import { writeFileAtomic } from '../run-folder/write-file-atomic.ts';

/** Formats that a model can be written in. */
const EXPORT_FORMATS = ['safetensors', 'onnx', 'tfjs'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The format that a path asks for: by its ending, or `tfjs` for a folder. */
export function formatOfPath(path: string): ExportFormat | undefined {
  if (path.endsWith('.safetensors')) return 'safetensors';
  if (path.endsWith('.onnx')) return 'onnx';
  return /\.[a-z0-9]+$/i.test(path) ? undefined : 'tfjs';
}

/**
 * Writes a model to `path`: a file, or for `tfjs` a folder with `model.json` and `weights.bin`.
 *
 * @returns The files written.
 * @throws CnnError `unsupported` for an operation that the format does not have, `io`.
 */
export async function writeExport(
  model: Module,
  path: string,
  { format, preprocessing }: { format: ExportFormat; preprocessing: Preprocessing },
): Promise<string[]> {
  const { inputShape } = preprocessing;
  switch (format) {
    case 'safetensors':
      await writeFileAtomic(path, await exportSafetensors(model, { preprocessing }));
      return [path];
    case 'onnx':
      await writeFileAtomic(path, await exportOnnx(model, { inputShape, preprocessing }));
      return [path];
    case 'tfjs': {
      await mkdir(path, { recursive: true });
      const files = Object.entries(await exportTfjs(model, { inputShape, preprocessing }));
      for (const [name, bytes] of files) await writeFileAtomic(join(path, name), bytes);
      return files.map(([name]) => join(path, name));
    }
  }
}

/** @throws CnnError `invalid-argument` when the name is none of the formats. */
export function exportFormat(where: string, name: string): ExportFormat {
  const format = EXPORT_FORMATS.find((candidate) => candidate === name);
  if (format) return format;
  throw new CnnError('invalid-argument', {
    where,
    expected: `one of ${EXPORT_FORMATS.join(', ')}`,
    received: name,
    remedy: 'Choose one of them',
  });
}
