import type { Config } from '@cnn/cli/config';
import { proxy } from 'comlink';
import { dataKey } from '../session/data/data-key.ts';
import type { DataProgress } from '../session/data-service.ts';
import { dismiss, type Notice, notices, notify, notifyError } from './notice-store.ts';
import { session } from './session-client.ts';

/** The run of a link whose data are not here yet, and what begins it once they are. */
let awaited: { readonly config: Config; readonly begin: Begin } | undefined;

type Begin = (config: Config) => Promise<void>;

/**
 * Tells what data the run of a link needs and how to get them: a published data set is downloaded when the person says
 * so, files are dropped. Then the run begins.
 *
 * @returns False where its data are here: it cannot begin for another reason.
 */
export async function awaitData(config: Config, begin: Begin): Promise<boolean> {
  const { name } = config.data;
  const published = (await session().data.published()).find((entry) => entry.name === name);
  if (!published && !FILES.has(name)) return false;
  if (await session().data.kept(name, config.data)) return false;
  awaited = { config, begin };
  const title = 'This link needs data that are not here yet';
  if (!published) {
    const files = [config.data.path, config.data.images, config.data.labels].filter((file) => typeof file === 'string');
    const detail = `Drop ${files.join(' and ')} on the page, and its run begins. Until then you have your own.`;
    notify({ kind: 'info', title, detail });
    return true;
  }
  const [host] = published.hosts;
  notify({
    kind: 'info',
    title,
    detail: `It trains on ${published.title.split(':')[0]}: your browser would ask ${host} for ${published.files.length} files and keep them. Or drop the files on the page.`,
    action: { label: `Download from ${host}`, run: () => downloadAwaited(name, config) },
  });
  return true;
}

/** Begins the run that waited for these data. @returns False where none did. */
export async function beginAwaited(data: Config['data']): Promise<boolean> {
  if (!awaited || !isAwaited(awaited.config.data, data)) return false;
  const { config, begin } = awaited;
  awaited = undefined;
  const said = Object.fromEntries(Object.entries(config.data).filter(([, value]) => value !== null));
  await begin({ ...config, data: { ...data, ...said, name: data.name } });
  return true;
}

/** Whether these are the data: what a link leaves open, such as names of classes, the files say. */
function isAwaited(wanted: Config['data'], given: Config['data']): boolean {
  const there = new Map(Object.entries(JSON.parse(dataKey(given)) as object));
  const said = Object.entries(JSON.parse(dataKey(wanted)) as object);
  return said.every(([key, value]) => JSON.stringify(there.get(key)) === JSON.stringify(value));
}

const FILES: ReadonlySet<string> = new Set(['csv', 'idx', 'image-folder']);

async function downloadAwaited(name: string, { data }: Config): Promise<void> {
  const title = `Downloading ${name}`;
  const cancel: Notice['action'] = { label: 'Cancel', run: () => session().data.cancel() };
  const say = (detail: string): void => notify({ kind: 'info', title, detail, action: cancel });
  try {
    say('Looking for the files');
    await session().data.download(
      name,
      data,
      proxy<DataProgress>((text) => say(text)),
    );
    await beginAwaited(data);
  } catch (error) {
    notifyError(`${name} could not be downloaded`, error);
  } finally {
    for (const notice of notices.peek()) if (notice.title === title) dismiss(notice);
  }
}
