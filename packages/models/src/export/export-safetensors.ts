import { type Module, writeSafetensors } from '@cnn/core';
import { type Preprocessing, preprocessingMetadata } from './preprocessing.ts';

/** What is written beside the tensors. */
export interface ExportSafetensorsOptions {
  /** What is done to an image before the network sees it; written into the file's metadata. */
  readonly preprocessing?: Preprocessing;
  /** More entries for the file's metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * The state dict as a safetensors file in PyTorch's names and layout: `load_file` of Python's safetensors and
 * `load_state_dict` take it as it is.
 */
export async function exportSafetensors(
  module: Module,
  { preprocessing, metadata = {} }: ExportSafetensorsOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  // Hugging Face's libraries look at `format` to know whose layout it is.
  return writeSafetensors(await module.stateDict(), {
    format: 'pt',
    ...metadata,
    ...preprocessingMetadata(preprocessing),
  });
}
