import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CnnError } from '@cnn/core';

export interface RunFolderOptions {
  readonly cwd: string;
  /** The run's name: without `runDir`, the folder is `runs/<name>/<n>`. */
  readonly name: string;
  readonly runDir?: string | undefined;
  readonly resume?: boolean | undefined;
}

/**
 * The folder that a run is to write to. Nothing is made yet: a run that cannot start leaves no folder behind.
 *
 * @throws CnnError `already-exists` when it holds something and `resume` is not set; `missing-file` when there is
 * nothing to resume.
 */
export function chooseRunFolder({ cwd, name, runDir, resume = false }: RunFolderOptions): string {
  const parent = join(cwd, 'runs', name);
  const last = lastNumber(parent);
  if (resume && !runDir && last === 0) throw nothingToResume(parent, 'none');
  if (resume) return existingRun(runDir ? resolve(cwd, runDir) : join(parent, String(last)));
  const path = runDir ? resolve(cwd, runDir) : join(parent, String(last + 1));
  if (!existsSync(path) || isEmptyFolder(path)) return path;
  throw new CnnError('already-exists', {
    where: path,
    expected: 'a folder that does not exist yet, or is empty',
    received: existsSync(join(path, 'config.yaml')) ? 'the folder of another run' : 'something that is not empty',
    remedy: 'Choose another --run-dir, or go on with that run by --resume',
  });
}

/** What a run leaves first, in one order or another. */
const TRACES: readonly string[] = ['config.yaml', 'metrics.jsonl', 'metrics.csv', 'checkpoints'];

/** A run that was killed before its first checkpoint has a folder and nothing else: it begins anew. */
function existingRun(path: string): string {
  if (TRACES.some((name) => existsSync(join(path, name)))) return path;
  throw nothingToResume(
    path,
    existsSync(path) ? 'a folder without config.yaml, metrics.jsonl and checkpoints' : 'no such folder',
  );
}

function nothingToResume(where: string, received: string): CnnError {
  return new CnnError('missing-file', {
    where,
    expected: 'the folder of an earlier run',
    received,
    remedy: 'Pass the --run-dir of the run to go on with, or start afresh without --resume',
  });
}

/** The greatest number among the run folders of `parent`; 0 when there is none. */
function lastNumber(parent: string): number {
  if (!existsSync(parent)) return 0;
  return Math.max(0, ...readdirSync(parent).map((entry) => (/^\d+$/.test(entry) ? Number(entry) : 0)));
}

function isEmptyFolder(path: string): boolean {
  return statSync(path).isDirectory() && readdirSync(path).length === 0;
}
