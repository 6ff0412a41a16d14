import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { RunChange } from '../../session/run-changes.ts';
import { linkOf, pinned, yamlOf } from '../../share/share-config.ts';
import { config, editConfig } from '../../state/config-store.ts';
import { broughtWeights } from '../../state/network-card-store.ts';
import { notifyError } from '../../state/notice-store.ts';
import { backend, runConfig, runId, step } from '../../state/run-store.ts';
import { session } from '../../state/session-client.ts';
import { changeComments, RunChangesNote } from './run-changes-note.tsx';
import { ShareFiles } from './share-files.tsx';
import '../../styles/share.css';

/** Lets the state of the page leave it: as a link, as YAML for `cnn-cli`, as files; and come in again. */
export function SharePanel(): JSX.Element {
  const shared = useSignal('');
  const changes = useSignal<readonly RunChange[]>([]);
  const begun = useComputed(() => step.value > 0);
  useSignalEffect(() => {
    void [runConfig.value, runId.value, broughtWeights.value, begun.value];
    void session()
      .run.changes()
      .then((all) => {
        changes.value = all;
      });
  });
  useSignalEffect(() => {
    const wanted = pinned(config.value, backend.value ?? undefined);
    if (!runConfig.value) return; // the Worker is not there yet
    yamlOf(wanted).then(
      (text) => {
        shared.value = text;
      },
      (error: unknown) => notifyError('The configuration cannot be written', error),
    );
  });
  const yaml = changeComments(changes.value) + shared.value;
  return (
    <section class="panel share" aria-labelledby="share">
      <h2 id="share">Share</h2>
      <p>
        The link carries every setting: data, network, seed.{' '}
        {changes.value.length === 0 &&
          `Whoever opens it sees the same losses, to the last digit on simd at the same level${backend.value?.featureLevel ? ` (here: ${backend.value.featureLevel})` : ''}.`}
      </p>
      <RunChangesNote changes={changes.value} />
      <div class="row">
        <CopyButton name="Copy link" text={() => linkOf(pinned(config.value, backend.value ?? undefined))} />
        <CopyButton name="Copy YAML" text={async () => yaml} />
      </div>
      <YamlEditor text={yaml} />
      <ShareFiles />
    </section>
  );
}

function CopyButton({ name, text }: { name: string; text: () => Promise<string> }): JSX.Element {
  const done = useSignal(false);
  const fallback = useSignal<string | null>(null);
  const copy = async (): Promise<void> => {
    const value = await text();
    try {
      await navigator.clipboard.writeText(value);
      done.value = true;
      setTimeout(() => {
        done.value = false;
      }, 2000);
    } catch {
      fallback.value = value; // the browser does not let a page copy: the person can
    }
  };
  return (
    <>
      <button type="button" onClick={() => copy().catch((error) => notifyError(`${name} failed`, error))}>
        {done.value ? 'Copied' : name}
      </button>
      {fallback.value !== null && (
        <input
          type="text"
          readOnly
          class="copied"
          aria-label={name}
          value={fallback.value}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      )}
    </>
  );
}

/** The configuration to read, to change and to paste; what is wrong with it is said with line and column. */
function YamlEditor({ text }: { text: string }): JSX.Element {
  const area = useRef<HTMLTextAreaElement>(null);
  const problem = useSignal('');
  const edited = useSignal<string | null>(null);
  const value = edited.value ?? text;
  const run = async (): Promise<void> => {
    try {
      const wanted = await session().config.parse(area.current?.value ?? '', 'YAML');
      problem.value = '';
      edited.value = null;
      editConfig(() => wanted);
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
  };
  return (
    <details class="yaml">
      <summary>
        YAML for <code>cnn-cli run</code>
      </summary>
      <textarea
        ref={area}
        aria-label="Configuration as YAML"
        aria-invalid={problem.value !== ''}
        aria-describedby="yaml-problem"
        spellcheck={false}
        rows={Math.min(24, value.split('\n').length + 1)}
        value={value}
        onInput={({ currentTarget }) => {
          edited.value = currentTarget.value;
        }}
      />
      <p id="yaml-problem" class="problem-text" role="status">
        {problem.value}
      </p>
      <div class="row">
        <button type="button" disabled={edited.value === null} onClick={() => void run()}>
          Run this
        </button>
        <button
          type="button"
          disabled={edited.value === null}
          onClick={() => {
            edited.value = null;
            problem.value = '';
          }}
        >
          Undo
        </button>
      </div>
    </details>
  );
}
