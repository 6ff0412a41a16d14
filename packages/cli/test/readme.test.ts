import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { CALLBACKS } from '../src/components/callbacks.ts';
import { DATASETS } from '../src/components/datasets.ts';
import { LOSSES } from '../src/components/losses.ts';
import { METRICS } from '../src/components/metrics.ts';
import { MODELS } from '../src/components/models.ts';
import { OPTIMIZERS } from '../src/components/optimizers.ts';
import { SCHEDULES } from '../src/components/schedules.ts';
import { TRANSFORMS } from '../src/components/transforms.ts';
import { parseConfig } from '../src/config/parse-config.ts';
import { createProgram } from '../src/program.ts';
import { cli, SMALL, workingFolder } from './support/cli.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1]!);
}

describe('the README', () => {
  it('shows commands that run', async () => {
    const cwd = workingFolder();
    const commands = blocks('sh')
      .flatMap((block) => block.trim().split('\n'))
      .filter((line) => line.startsWith('npx cnn-cli '))
      .map((line) => line.split(' ').slice(2));
    expect(commands).toHaveLength(4);
    for (const command of commands) {
      const args =
        command[0] === 'run'
          ? [...command, ...SMALL.filter((override) => !override.startsWith('trainer.epochs'))]
          : command;
      const { exitCode, stderr } = await cli(args, { cwd });
      expect(stderr).not.toContain('error');
      expect(exitCode).toBe(0);
    }
  });

  it('shows a config that is valid', () => {
    const [text] = blocks('yaml');
    const { config } = parseConfig({ text: text! });
    expect(config.data.validation).toBe(5000);
    for (const key of Object.keys(config.trainer)) expect(text).toContain(key);
  });

  it('shows code that runs', async () => {
    const example = new URL('./readme-example.tmp.ts', import.meta.url);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    try {
      writeFileSync(example, blocks('ts').findLast((block) => block.includes('assembleExperiment'))!);
      await import(example.href);
      expect(log.mock.calls.map(([step]) => step)).toEqual([1, 2]);
      expect(log.mock.calls.every(([, loss]) => loss > 1 && loss < 4)).toBe(true);
    } finally {
      log.mockRestore();
      rmSync(example, { force: true });
    }
  });

  it('names every command and every component', () => {
    const program = createProgram({ stdout: process.stdout, stderr: process.stderr, run: async () => {} });
    for (const command of program.commands) expect(readme).toMatch(new RegExp(`\`${command.name()}[ \`]`));
    const tables = [CALLBACKS, DATASETS, LOSSES, METRICS, MODELS, OPTIMIZERS, SCHEDULES, TRANSFORMS];
    for (const name of tables.flatMap((table) => Object.keys(table))) expect(readme).toContain(`\`${name}\``);
  });
});
