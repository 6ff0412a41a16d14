import type { JSX } from 'preact';
import { dismiss, type Notice, notices } from '../state/notice-store.ts';
import '../styles/notice.css';

/** What there is to tell, problems as alerts, each with a way to dismiss it. */
export function Notices(): JSX.Element {
  return (
    <div class="notices">
      {notices.value.map((notice) => (
        <NoticeBox key={notice.title} notice={notice} />
      ))}
    </div>
  );
}

function NoticeBox({ notice }: { notice: Notice }): JSX.Element {
  const { kind, title, detail, action } = notice;
  return (
    <div class={`notice ${kind}`} role={kind === 'problem' ? 'alert' : 'status'}>
      <p>
        <strong>{title}</strong>
        {detail && <span>{detail}</span>}
      </p>
      {action && (
        <button
          type="button"
          class="act"
          onClick={() => {
            dismiss(notice);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" aria-label={`Dismiss: ${title}`} onClick={() => dismiss(notice)}>
        ✕
      </button>
    </div>
  );
}
