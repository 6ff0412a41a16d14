import { notifyError } from '../../state/notice-store.ts';
import { openConfig } from '../../state/run-actions.ts';
import { session } from '../../state/session-client.ts';
import { openFile } from './open-file.ts';

/** No configuration is longer. */
const MAX_YAML_BYTES = 1e6;

/** Takes runs, weights and configurations that are dropped anywhere; other files are left to whoever wants them. */
export function takeDroppedRuns(): void {
  const drop = (event: DragEvent): void => {
    const [file, ...others] = event.dataTransfer?.files ?? [];
    if (!file || others.length > 0 || !/\.(safetensors|pth?|ya?ml)$/i.test(file.name)) return;
    event.preventDefault();
    const take = /\.ya?ml$/i.test(file.name) ? openYaml : openFile;
    take(file).catch((error: unknown) => notifyError(`${file.name} cannot be used`, error));
  };
  // Before those who take any file.
  window.addEventListener('drop', drop, { capture: true });
}

async function openYaml(file: File): Promise<void> {
  if (file.size > MAX_YAML_BYTES)
    throw new Error(`It has ${file.size.toLocaleString('en')} bytes: no configuration is that long.`);
  await openConfig(await session().config.parse(await file.text(), file.name), file.name);
}
