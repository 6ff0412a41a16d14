import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { saveFile } from '../../share/save-file.ts';
import { notify, notifyError } from '../../state/notice-store.ts';
import { runConfig, status } from '../../state/run-store.ts';
import { session } from '../../state/session-client.ts';
import { openFile } from './open-file.ts';

const SAFETENSORS = 'application/octet-stream';

/** Weights and whole runs as files, out and in. */
export function ShareFiles(): JSX.Element {
  const opening = status.value === 'opening';
  const name = runConfig.value?.name ?? 'run';
  const saveWeights = async (): Promise<void> => {
    saveFile(`${name}.safetensors`, new Uint8Array(await session().weights.exportWeights()), SAFETENSORS);
  };
  const saveRun = async (): Promise<void> => {
    const bytes = await session().run.file();
    if (bytes) saveFile(`${name}.run.safetensors`, new Uint8Array(bytes), SAFETENSORS);
    else notify({ kind: 'info', title: 'Nothing to save yet', detail: 'Train a step first.' });
  };
  return (
    <div class="files">
      <h3>Files</h3>
      <p>
        Weights are safetensors with PyTorch's names: <code>load_file</code> in Python takes them. A run is all of it:
        configuration, weights, moments, history; it goes on from its step here and with <code>cnn-cli run</code>. Files
        may be dropped anywhere on the page, YAML too.
      </p>
      <div class="row">
        <ActionButton name="Save weights" work={saveWeights} disabled={opening} />
        <ActionButton name="Save run" work={saveRun} disabled={opening} />
        <FileButton name="Open weights or run" disabled={opening} onFile={openFile} />
      </div>
    </div>
  );
}

function ActionButton(props: { name: string; disabled: boolean; work: () => Promise<void> }): JSX.Element {
  const { name, disabled, work } = props;
  const busy = useSignal(false);
  const act = async (): Promise<void> => {
    busy.value = true;
    try {
      await work();
    } catch (error) {
      notifyError(`${name} failed`, error);
    } finally {
      busy.value = false;
    }
  };
  return (
    <button type="button" disabled={disabled || busy.value} onClick={() => void act()}>
      {name}
    </button>
  );
}

function FileButton(props: { name: string; disabled: boolean; onFile: (file: File) => Promise<void> }): JSX.Element {
  const { name, disabled, onFile } = props;
  return (
    <label class="button">
      {name}
      <input
        type="file"
        class="visually-hidden"
        accept=".safetensors,.pt,.pth"
        disabled={disabled}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          currentTarget.value = '';
          if (file) onFile(file).catch((error: unknown) => notifyError(`${file.name} cannot be used`, error));
        }}
      />
    </label>
  );
}
