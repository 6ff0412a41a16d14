import { transfer } from 'comlink';
import { noteBroughtWeights } from '../../state/network-card-store.ts';
import { notify } from '../../state/notice-store.ts';
import { session } from '../../state/session-client.ts';

/** No network that a page trains has more. */
const MAX_FILE_BYTES = 512 * 2 ** 20;

/** Takes a file of weights into the network, or opens the run that a file holds. */
export async function openFile(file: File): Promise<void> {
  if (file.size > MAX_FILE_BYTES) {
    const [size, most] = [file.size, MAX_FILE_BYTES].map((bytes) => `${Math.round(bytes / 2 ** 20)} MB`);
    throw new Error(
      `Expected weights or a run of at most ${most}, received ${size}. No network of this page has as many.`,
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (await session().weights.isRun(bytes)) {
    await session().run.openFile(transfer(bytes, [bytes.buffer]));
    notify({ kind: 'info', title: `The run of ${file.name} is open`, detail: 'Play goes on from its step.' });
  } else {
    await session().weights.importWeights(transfer(bytes, [bytes.buffer]), file.name);
    noteBroughtWeights();
    notify({
      kind: 'info',
      title: `The network has the weights of ${file.name}`,
      detail: 'Draw something, or train on.',
    });
  }
}
