import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type MainOptions, main } from '../../src/index.ts';

/** What a command did. */
export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty folder that is removed when the test is over. */
export function workingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cnn-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the command in this process and collects what it writes. */
export async function cli(
  args: readonly string[],
  {
    onStderr,
    isTTY = false,
    ...options
  }: MainOptions & { cwd: string; onStderr?: (text: string) => void; isTTY?: boolean },
): Promise<CliResult> {
  const stdout = collector({ isTTY });
  const stderr = collector({ isTTY, onText: onStderr });
  const exitCode = await main(args, { env: {}, ...options, stdout, stderr });
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

interface Collector {
  text: string;
  readonly isTTY: boolean;
  readonly columns: number;
  write(text: string): boolean;
}

function collector({ isTTY, onText }: { isTTY: boolean; onText?: ((text: string) => void) | undefined }): Collector {
  return {
    text: '',
    isTTY,
    columns: 100,
    write(text) {
      this.text += text;
      onText?.(text);
      return true;
    },
  };
}

/** Overrides that make of `quickstart` a run of a second: a small network on a few images. */
export const SMALL: readonly string[] = [
  'model={name: mlp, hidden: 8}',
  'data.trainCount=200',
  'data.testCount=50',
  'data.batchSize=20',
  'trainer.epochs=2',
  'trainer.logEverySteps=1',
  'threads=1',
  'schedule=null',
  'metrics=[accuracy, precision, recall, f1]',
];
