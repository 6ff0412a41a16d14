import { type Signal, signal } from '@preact/signals';

/** Something that a person is told: what happened, and what there is to do. */
export interface Notice {
  readonly kind: 'info' | 'problem';
  /** One line. Two notices of the same title are one: the later replaces the earlier. */
  readonly title: string;
  readonly detail?: string;
  /** What a button in it does; it is dismissed then. */
  readonly action?: { readonly label: string; run(): unknown };
}

/** Those that nobody has dismissed yet, oldest first. */
export const notices: Signal<readonly Notice[]> = signal([]);

/** Tells the person at the page something. */
export function notify(notice: Notice): void {
  notices.value = [...notices.value.filter(({ title }) => title !== notice.title), notice];
}

/** Takes it away. */
export function dismiss(notice: Notice): void {
  notices.value = notices.value.filter((other) => other !== notice);
}

/** Tells of something that was thrown. */
export function notifyError(title: string, error: unknown): void {
  notify({ kind: 'problem', title, detail: error instanceof Error ? error.message : String(error) });
}
