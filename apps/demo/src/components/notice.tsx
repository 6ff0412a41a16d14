import type { JSX } from 'preact';
import { dismiss, notices } from '../state/notice-store.ts';
import '../styles/notice.css';

/** What there is to tell, problems as alerts, each with a way to dismiss it. */
export function Notices(): JSX.Element {
  return (
    <div class="notices">
      {notices.value.map((notice) => (
        <div key={notice.title} class={`notice ${notice.kind}`} role={notice.kind === 'problem' ? 'alert' : 'status'}>
          <p>
            <strong>{notice.title}</strong>
            {notice.detail && <span>{notice.detail}</span>}
          </p>
          <button type="button" aria-label={`Dismiss: ${notice.title}`} onClick={() => dismiss(notice)}>
            ✕
          </button>
        </div>
      ))}
    </div>
  );
}
