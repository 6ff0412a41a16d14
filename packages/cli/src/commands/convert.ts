import { extname, relative, resolve } from 'node:path';
import { CnnError, Generator, type StateDict, writeSafetensors } from '@cnn/core';
import { openWeightsFile } from '@cnn/models/node';
import { buildModel } from '../experiment/build-model.ts';
import { classCountOf } from '../experiment/class-count-of.ts';
import { bareModelConfig, bareModelFacts } from '../experiment/describe-model.ts';
import { withoutTrainingState } from '../experiment/load-trained-model.ts';
import { preprocessingOf } from '../experiment/preprocessing-of.ts';
import { useBackend } from '../experiment/use-backend.ts';
import { formatOfPath, writeExport } from '../experiment/write-export.ts';
import type { CommandContext, Flags } from '../program.ts';
import { writeFileAtomic } from '../run-folder/write-file-atomic.ts';
import { formatBytes, formatCount } from '../terminal/format-number.ts';

/** `cnn-cli convert`: weights from one format to another. Formats that hold the graph need `--model`. */
export async function convertCommand(
  source: string,
  target: string,
  flags: Flags,
  { terminal }: CommandContext,
): Promise<number> {
  const { cwd } = terminal;
  const format = formatOfPath(target);
  if (!format) throw unknownTarget(target);
  const { state, format: from, metadata } = await openWeightsFile(resolve(cwd, source));
  const weights = withoutTrainingState(state);
  const path = resolve(cwd, target);
  const name = typeof flags.model === 'string' ? flags.model : undefined;
  let files = [path];
  if (format === 'safetensors' && name === undefined) {
    await writeFileAtomic(path, writeSafetensors(weights, { ...metadata, format: 'pt' }));
  } else {
    if (name === undefined) throw modelNeeded(format);
    files = await exportModel(name, weights);
  }
  const tensors = weights.size;
  const elements = [...weights.values()].reduce((sum, { data }) => sum + data.length, 0);
  const bytes = [...weights.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
  const written = files.map((file) => relative(cwd, file));
  if (terminal.json) terminal.document({ from, to: format, tensors, elements, files: written });
  terminal.result(
    `${source} (${from}) → ${written.join(', ')}: ${tensors} tensors, ${formatCount(elements)} numbers, ${formatBytes(bytes)}`,
  );
  return 0;

  async function exportModel(model: string, values: StateDict): Promise<string[]> {
    const config = bareModelConfig(model, { cwd, overrides: [] });
    const facts = bareModelFacts(model);
    await useBackend(config, { terminal, probe: false });
    const classCount = classCountOf(values);
    const module = await buildModel(config.model, { ...facts, classCount, generator: new Generator(0) });
    module.loadStateDict(values);
    const preprocessing = preprocessingOf(config, facts);
    const result = await writeExport(module, path, { format: format!, preprocessing });
    module.dispose();
    return result;
  }
}

function unknownTarget(target: string): CnnError {
  return new CnnError('invalid-argument', {
    where: 'convert',
    expected: 'a target that ends in .safetensors or .onnx, or a folder for tfjs',
    received: extname(target) || target,
    remedy: 'Write for example model.safetensors; .pt files can be read and not written',
  });
}

function modelNeeded(format: string): CnnError {
  return new CnnError('invalid-argument', {
    where: 'convert --model',
    expected: `the model that the weights belong to, which ${format} holds too`,
    received: 'none',
    remedy: 'Add for example --model lenet5, or --model ./my-model.ts',
  });
}
