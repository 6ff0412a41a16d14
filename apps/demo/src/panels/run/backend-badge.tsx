import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { backendReason } from '../../state/backend-reason.ts';
import { backend } from '../../state/run-store.ts';
import { BackendDetailsDialog } from './backend-details.tsx';

/** What computes, in a word; opens the details. */
export function BackendBadge(): JSX.Element {
  const open = useSignal(false);
  const details = backend.value;
  const name = details ? `${details.name}${details.threads > 1 ? ` × ${details.threads}` : ''}` : '…';
  return (
    <>
      <button
        type="button"
        class="badge"
        aria-haspopup="dialog"
        title={backendReason()}
        onClick={() => {
          open.value = true;
        }}
      >
        <span class="visually-hidden">Runs on </span>
        {name}
      </button>
      {open.value && (
        <BackendDetailsDialog
          onClose={() => {
            open.value = false;
          }}
        />
      )}
    </>
  );
}
