import type { JSX } from 'preact';
import type { RunChange } from '../../session/run-changes.ts';

/** Says what a link cannot: that the run was changed on its way. Nothing where it was not. */
export function RunChangesNote({ changes }: { changes: readonly RunChange[] }): JSX.Element | null {
  if (changes.length === 0) return null;
  return (
    <section class="changed" aria-label="Changed on the way">
      <p>
        <b>This run was changed on its way.</b> The link and the YAML hold the settings as they are now, from the first
        step on: their losses are not the ones you see. To hand on this very run, save it as a file below.
      </p>
      <ul>
        {changes.map((change) => (
          <li key={changeText(change)}>{changeText(change)}</li>
        ))}
      </ul>
    </section>
  );
}

/** The changes as comments for the head of a YAML text; empty where there are none. */
export function changeComments(changes: readonly RunChange[]): string {
  if (changes.length === 0) return '';
  const lines = ['The run that this was taken from was changed on its way:', ...changes.map(changeText)];
  return lines.map((line) => `# ${line}\n`).join('');
}

function changeText({ step, what, from, to }: RunChange): string {
  return `after step ${step.toLocaleString('en')}: ${what} ${from} → ${to}`;
}
