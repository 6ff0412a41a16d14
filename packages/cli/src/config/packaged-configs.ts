import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageRoot } from '../package-facts.ts';

/** Files that the name of a packaged config may stand for: `quickstart`, `notebooks/002`, `configs/quickstart.yaml`. */
export function packagedConfigs(name: string): string[] {
  const bare = name.replace(/^(\.\/)?configs\//, '').replace(/\.ya?ml$/, '');
  return /^[\w-]+(\/[\w-]+)*$/.test(bare) ? [join(packagedFolder(), `${bare}.yaml`)] : [];
}

/** The names of all packaged configs. */
export function packagedConfigNames(): string[] {
  const folder = packagedFolder();
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) =>
      relative(folder, join(entry.parentPath, entry.name))
        .replaceAll('\\', '/')
        .replace(/\.yaml$/, ''),
    )
    .sort();
}

/** `configs` of the published package, where the build puts a copy; in the repository, the original. */
function packagedFolder(): string {
  const root = packageRoot();
  const original = join(root, '../../configs');
  return existsSync(join(original, 'quickstart.yaml')) ? original : join(root, 'configs');
}
