import { dirname, isAbsolute, relative } from 'node:path';
import { writeFileAtomic } from '../run-folder/write-file-atomic.ts';
import type { Config } from './config.ts';
import { configText } from './config-text.ts';
import { mapModulePaths } from './module-paths.ts';

/**
 * Writes a resolved config as YAML. Running it again gives the same run: every default stands in it, and the paths of
 * the user's modules are relative to the file.
 */
export async function writeConfig(path: string, config: Config): Promise<void> {
  await writeFileAtomic(path, configYaml(config, dirname(path)));
}

/** The text of a resolved config for a file in `folder`. */
export function configYaml(config: Config, folder: string): string {
  const portable = mapModulePaths(config, (module) => {
    if (!isAbsolute(module)) return module;
    const path = relative(folder, module).replaceAll('\\', '/');
    return path.startsWith('.') ? path : `./${path}`;
  });
  return `# The resolved config of this run: every default is filled in.\n${configText(portable)}`;
}
