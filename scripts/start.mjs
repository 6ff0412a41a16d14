// The main job: trains the quickstart network on digits that need no download.
import { spawnSync } from 'node:child_process';

const root = new URL('..', import.meta.url);
const args = ['packages/cli/bin/cnn-cli.mjs', 'run', 'configs/quickstart.yaml', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
