import { join, relative, resolve } from 'node:path';
import { compose } from '@cnn/datasets';
import { dataOptions } from '../config/data-options.ts';
import { createTransform } from '../experiment/assemble-data.ts';
import { loadTrainedModel } from '../experiment/load-trained-model.ts';
import { locateWeights } from '../experiment/locate-weights.ts';
import { preprocessingOf } from '../experiment/preprocessing-of.ts';
import { useBackend } from '../experiment/use-backend.ts';
import { exportFormat, writeExport } from '../experiment/write-export.ts';
import type { CommandContext, Flags } from '../program.ts';
import { readDataFacts } from '../run-folder/data-facts.ts';

/** `cnn-cli export`: a trained model in another format, its preprocessing with it. */
export async function exportCommand(
  source: string,
  overrides: readonly string[],
  flags: Flags,
  { terminal }: CommandContext,
): Promise<number> {
  const { cwd } = terminal;
  const format = exportFormat('--format', String(flags.format));
  const located = await locateWeights(source, { cwd, overrides });
  const { config, runDir } = located;
  const { classNames, imageShape } = await readDataFacts(config, { cwd, runDir });
  const transforms = dataOptions(config.data).transforms.map(createTransform);
  const sampleShape = compose(transforms).outputShape(imageShape) ?? [224, 224, 3];
  await useBackend(config, { terminal, probe: false });
  const model = await loadTrainedModel(located, { sampleShape, classCount: classNames.length });

  const name = format === 'tfjs' ? 'tfjs' : `model.${format}`;
  const target = typeof flags.out === 'string' ? resolve(cwd, flags.out) : join(runDir ?? cwd, name);
  const preprocessing = preprocessingOf(config, { sampleShape, classNames });
  const files = await writeExport(model, target, { format, preprocessing });
  model.dispose();
  const written = files.map((file) => relative(cwd, file));
  if (terminal.json) terminal.document({ format, files: written, preprocessing });
  for (const file of written) terminal.result(file);
  return 0;
}
