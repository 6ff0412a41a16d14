import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CnnError, type Dataset } from '@cnn/core';
import { compose, DataLoader, type Image } from '@cnn/datasets';
import { predict } from '@cnn/trainer';
import { dataOptions } from '../config/data-options.ts';
import { isOverride } from '../config/override.ts';
import { EXIT_CODES } from '../exit-code.ts';
import { createTransform } from '../experiment/assemble-data.ts';
import { loadTrainedModel } from '../experiment/load-trained-model.ts';
import { locateWeights } from '../experiment/locate-weights.ts';
import { prepareImage } from '../experiment/prepare-image.ts';
import { useBackend } from '../experiment/use-backend.ts';
import type { CommandContext, Flags } from '../program.ts';
import { readDataFacts } from '../run-folder/data-facts.ts';
import { formatPercent } from '../terminal/format-number.ts';
import { formatTable } from '../terminal/format-table.ts';
import { reportError } from '../terminal/report-error.ts';

/** What a model makes of one image. */
interface ImagePrediction {
  readonly image: string;
  /** The most probable class. */
  readonly class: string;
  readonly index: number;
  readonly probability: number;
  /** The most probable classes, the best first. */
  readonly top: readonly { readonly class: string; readonly index: number; readonly probability: number }[];
}

/** `cnn-cli predict`: class probabilities for image files. An image that cannot be read does not stop the others. */
export async function predictCommand(
  source: string,
  imagesAndOverrides: readonly string[],
  flags: Flags,
  { terminal }: CommandContext,
): Promise<number> {
  const { cwd } = terminal;
  const isFile = (argument: string) => existsSync(resolve(cwd, argument));
  const overrides = imagesAndOverrides.filter((argument) => isOverride(argument) && !isFile(argument));
  const files = imagesAndOverrides.filter((argument) => !overrides.includes(argument));
  const count = topCount(flags.top);

  const located = await locateWeights(source, { cwd, overrides });
  const facts = await readDataFacts(located.config, { cwd, runDir: located.runDir });
  const transforms = dataOptions(located.config.data).transforms.map(createTransform);
  const prepared: { file: string; image: Image }[] = [];
  let exitCode: number = EXIT_CODES.done;
  for (const file of files) {
    try {
      prepared.push({ file, image: await prepareImage(resolve(cwd, file), facts) });
    } catch (error) {
      if (!(error instanceof CnnError)) throw error;
      reportError(error, terminal, { document: false });
      exitCode = EXIT_CODES.failed;
    }
  }
  const [first] = prepared;
  const predictions: ImagePrediction[] = [];
  if (first) {
    const sampleShape = compose(transforms).outputShape(first.image.shape) ?? first.image.shape;
    await useBackend(located.config, { terminal, probe: false });
    const model = await loadTrainedModel(located, { sampleShape, classCount: facts.classNames.length });
    const loader = new DataLoader(imageDataset(prepared, facts.classNames), { batchSize: 64, transforms });
    for await (const { probabilities, classCount, batch } of predict(model, loader)) {
      batch.indices.forEach((index, row) => {
        const shares = probabilities.subarray(row * classCount, (row + 1) * classCount);
        predictions.push(prediction(prepared[index]!.file, shares, facts.classNames, count));
      });
    }
    model.dispose();
  }
  if (terminal.json) terminal.document(predictions);
  else for (const line of predictionLines(predictions)) terminal.result(line);
  return exitCode;
}

function imageDataset(prepared: readonly { image: Image }[], classNames: readonly string[]): Dataset {
  return {
    name: 'images',
    length: prepared.length,
    classNames,
    sampleShape: null,
    get: (index) => ({ ...prepared[index]!.image, label: 0 }),
  };
}

function prediction(
  image: string,
  probabilities: Float32Array,
  classNames: readonly string[],
  count: number,
): ImagePrediction {
  const ranked = Array.from(probabilities, (probability, index) => ({
    class: classNames[index] ?? String(index),
    index,
    probability,
  })).sort((a, b) => b.probability - a.probability);
  const [best] = ranked;
  return { image, ...best!, top: ranked.slice(0, count) };
}

function predictionLines(predictions: readonly ImagePrediction[]): string[] {
  const columns = [
    { title: 'Image' },
    { title: 'Class' },
    { title: 'Probability', align: 'right' },
    { title: 'Then' },
  ] as const;
  const rows = predictions.map(({ image, class: name, probability, top }) => [
    image,
    name,
    formatPercent(probability),
    top
      .slice(1)
      .map((other) => `${other.class} (${formatPercent(other.probability)})`)
      .join(', '),
  ]);
  return rows.length === 0 ? [] : formatTable(columns, rows);
}

function topCount(value: Flags[string]): number {
  const count = Number(value ?? 3);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new CnnError('invalid-argument', {
    where: '--top',
    expected: 'a whole number ≥ 1',
    received: String(value),
    remedy: 'Write for example --top 3',
  });
}
