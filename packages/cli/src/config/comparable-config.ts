import type { JsonValue } from '@cnn/core';
import type { Config } from './config.ts';
import { mapModulePaths } from './module-paths.ts';

/**
 * The part of a config that decides what a run computes, for comparison when it is resumed. Left out: `threads`,
 * `data.root` and `data.download`, which say where and how fast; of the user's modules only the file's name counts.
 */
export function comparableConfig(config: Config): JsonValue {
  const { threads: _threads, data, ...rest } = mapModulePaths(config, (path) => path.replace(/^.*[\\/]/, './'));
  const { root: _root, download: _download, ...dataRest } = data;
  // What was read from YAML is JSON; the round trip drops nothing but the interfaces.
  return JSON.parse(JSON.stringify({ ...rest, data: dataRest })) as JsonValue;
}
