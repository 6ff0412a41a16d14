import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CnnError, Generator, type ImageShape, nameDistance, nearestName } from '@cnn/core';
import { modelNames, renderSummary, summary } from '@cnn/models';
import { readConfig } from '../config/read-config.ts';
import { buildModel } from '../experiment/build-model.ts';
import { bareModelConfig, bareModelFacts, configModelFacts, isModelName } from '../experiment/describe-model.ts';
import { useBackend } from '../experiment/use-backend.ts';
import type { CommandContext, Flags } from '../program.ts';

/** `cnn-cli summary`: the layer table of a model of the zoo, of a user's module, or of a config's model. */
export async function summaryCommand(
  source: string,
  overrides: readonly string[],
  { input }: Flags,
  { terminal }: CommandContext,
): Promise<number> {
  const { cwd } = terminal;
  const isBare = isModelName(source);
  if (!isBare && !existsSync(resolve(cwd, source))) refuseMisspeltModel(source);
  const config = isBare
    ? bareModelConfig(source, { cwd, overrides })
    : (await readConfig(source, { cwd, overrides })).config;
  await useBackend(config, { terminal, probe: false });
  const asked = typeof input === 'string' ? parseInput(input) : undefined;
  const facts = isBare ? bareModelFacts(source) : await configModelFacts(config, { cwd });
  const known = asked ? { ...facts, sampleShape: asked } : facts;
  const model = await buildModel(config.model, { ...known, generator: new Generator(config.seed) });
  const [height, width, channels] = known.sampleShape;
  const table = summary(model, { input: [channels, height, width] });
  model.dispose();
  if (terminal.json) terminal.document(table);
  else {
    const styled = (style: 'bold' | 'dim') => (text: string) => terminal.style(style, text, terminal.stdout);
    const width = terminal.stdout.columns ?? 120;
    terminal.result(renderSummary(table, { width, bold: styled('bold'), dim: styled('dim') }));
  }
  return 0;
}

/** @throws CnnError `invalid-argument` for what is nearly the name of a model, and no file. */
function refuseMisspeltModel(source: string): void {
  const nearest = nearestName(source, modelNames());
  if (nearest === undefined || nameDistance(source, nearest) > 2) return;
  throw new CnnError('invalid-argument', {
    where: source,
    expected: `a model (${modelNames().join(', ')}, or the path of a module) or a config`,
    received: 'neither',
    remedy: `Write ${nearest}`,
  });
}

function parseInput(text: string): ImageShape {
  const [channels, height, width, ...rest] = text.split(/[x×,]/).map(Number);
  if (channels && height && width && rest.length === 0 && [channels, height, width].every(Number.isInteger)) {
    return [height, width, channels];
  }
  throw new CnnError('invalid-argument', {
    where: '--input',
    expected: 'channels x height x width',
    received: text,
    remedy: 'Write for example --input 1x28x28',
  });
}
