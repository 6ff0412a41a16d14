import { CnnError, Generator, type ImageShape } from '@cnn/core';
import { modelNames, renderSummary, summary } from '@cnn/models';
import { isModulePath } from '../config/component.ts';
import type { Config } from '../config/config.ts';
import { parseOverride } from '../config/override.ts';
import { type ParsedConfig, parseConfig } from '../config/parse-config.ts';
import { readConfig, withAbsoluteModules } from '../config/read-config.ts';
import { buildModel } from '../experiment/build-model.ts';
import { describeData } from '../experiment/open-data.ts';
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
  const config = await configOf(source, { cwd, overrides });
  await useBackend(config, { terminal, probe: false });
  const asked = typeof input === 'string' ? parseInput(input) : undefined;
  const known = asked ? { sampleShape: asked, classCount: 10 } : await describeData(config, { cwd });
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

async function configOf(source: string, options: { cwd: string; overrides: readonly string[] }): Promise<Config> {
  const isModel = modelNames().some((name) => name === source) || isModulePath(source);
  if (!isModel || /\.ya?ml$/.test(source)) return (await readConfig(source, options)).config;
  const parsed: ParsedConfig = parseConfig({ overrides: [`model=${source}`, ...options.overrides].map(parseOverride) });
  return withAbsoluteModules(parsed, { cwd: options.cwd, folder: options.cwd });
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
