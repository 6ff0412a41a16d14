import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CnnError } from '@cnn/core';
import { isRunFile, type RunFile, readRunFile } from '../run-folder/run-file.ts';
import type { Config } from './config.ts';
import { mapModulePaths } from './module-paths.ts';
import { parseOverride } from './override.ts';
import { packagedConfigNames, packagedConfigs } from './packaged-configs.ts';
import { type ParsedConfig, parseConfig } from './parse-config.ts';

/** A config from a file, with the paths of the user's modules made absolute. */
export interface LoadedConfig extends ParsedConfig {
  /** The run folder that the config was read from, if it was. */
  readonly runDir: string | null;
  /** The run in one file that the config was read from, if it was. */
  readonly runFile: RunFile | null;
}

/**
 * Reads the config that a command was given: a YAML file, a run folder (its `config.yaml`), a run in one file, or the name
 * of a packaged config (`quickstart`, `notebooks/002`).
 *
 * The paths of modules in the file are relative to the file; those in overrides to `cwd`.
 *
 * @throws CnnError `invalid-config` when there is no such file, or with every problem in it; `invalid-file` when it is said
 * to be a run and is none.
 */
export async function readConfig(
  name: string,
  { cwd, overrides }: { cwd: string; overrides: readonly string[] },
): Promise<LoadedConfig> {
  const { path, runDir } = locateConfig(name, cwd);
  const label = relative(cwd, path).startsWith('..') ? path : relative(cwd, path);
  const runFile = isRunFile(path) ? await readRunFile(path, label) : null;
  const text = runFile ? JSON.stringify(runFile.config) : await readFile(path, 'utf8');
  const parsed = parseConfig({ text, label, overrides: overrides.map(parseOverride) });
  return { ...parsed, config: withAbsoluteModules(parsed, { cwd, folder: dirname(path) }), runDir, runFile };
}

/** Makes the paths of the user's modules absolute: from the config's folder, or from `cwd` where an override set them. */
export function withAbsoluteModules(
  { config, overridden }: ParsedConfig,
  { cwd, folder }: { cwd: string; folder: string },
): Config {
  return mapModulePaths(config, (path, at) => {
    const base = overridden(at) || overridden([...at, 'name']) ? cwd : folder;
    return path.startsWith('file:') ? fileURLToPath(path) : resolve(base, path);
  });
}

function locateConfig(name: string, cwd: string): { path: string; runDir: string | null } {
  const asked = resolve(cwd, name);
  if (existsSync(asked)) {
    if (!statSync(asked).isDirectory()) return { path: asked, runDir: null };
    const inside = join(asked, 'config.yaml');
    if (existsSync(inside)) return { path: inside, runDir: asked };
  }
  const packaged = packagedConfigs(name).find((path) => existsSync(path));
  if (packaged) return { path: packaged, runDir: null };
  throw new CnnError('invalid-config', {
    where: name,
    expected: 'a config file, a run folder, a run in one file, or the name of a packaged config',
    received: existsSync(asked) ? 'a folder without config.yaml' : 'no such file',
    remedy: `Check the path, or try one of ${packagedConfigNames().join(', ')}`,
  });
}
