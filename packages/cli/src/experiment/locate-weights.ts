import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CnnError } from '@cnn/core';
import type { Config } from '../config/config.ts';
import { parseOverride } from '../config/override.ts';
import { parseConfig } from '../config/parse-config.ts';
import { readConfig, withAbsoluteModules } from '../config/read-config.ts';

/** A file of weights, and the config that says what they belong to. */
export interface LocatedWeights {
  /** Absolute path of the file. */
  readonly path: string;
  readonly config: Config;
  /** The run folder that they come from, if any. */
  readonly runDir: string | null;
}

/**
 * Finds the weights that a command was given: the best of a run folder (else its last), or a file. A file in the
 * `checkpoints` of a run folder belongs to that run's config; for any other the overrides say what it is
 * (`model=lenet5`, `model=./my-model.ts`).
 *
 * @throws CnnError `missing-file` when there is no such file or no checkpoint in the folder; `invalid-config`.
 */
export async function locateWeights(
  source: string,
  { cwd, overrides }: { cwd: string; overrides: readonly string[] },
): Promise<LocatedWeights> {
  const asked = resolve(cwd, source);
  if (!existsSync(asked)) throw missing(source, 'a run folder or a file of weights', 'nothing there');
  if (statSync(asked).isDirectory()) {
    const { config } = await readConfig(source, { cwd, overrides });
    return { path: checkpointOf(asked), config, runDir: asked };
  }
  const folder = dirname(asked);
  const runDir = basename(folder) === 'checkpoints' ? dirname(folder) : null;
  if (runDir && existsSync(join(runDir, 'config.yaml'))) {
    return { path: asked, config: (await readConfig(runDir, { cwd, overrides })).config, runDir };
  }
  const parsed = parseConfig({ label: source, overrides: overrides.map(parseOverride) });
  return { path: asked, config: withAbsoluteModules(parsed, { cwd, folder: cwd }), runDir: null };
}

/** The best checkpoint of a run folder, else its last. @throws CnnError `missing-file` when there is neither. */
export function checkpointOf(runDir: string): string {
  const folder = join(runDir, 'checkpoints');
  const found = ['best.safetensors', 'last.safetensors']
    .map((name) => join(folder, name))
    .find((path) => existsSync(path));
  return found ?? missing(folder, 'best.safetensors or last.safetensors', 'neither');
}

function missing(where: string, expected: string, received: string): never {
  const remedy = 'Name the folder of a run that has trained, or a file of weights';
  throw new CnnError('missing-file', { where, expected, received, remedy });
}
