import { signal } from '@preact/signals';
import type { FunctionComponent, JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { notifyError } from '../state/notice-store.ts';

/** Where a panel's code is, and the room that it will take. */
export interface LazyPanelProps {
  readonly title: string;
  readonly load: () => Promise<FunctionComponent>;
  /** Kept free until the panel is there, so that nothing jumps. */
  readonly minHeight: string;
}

/** A panel whose code is fetched once the page stands: what is needed first comes first. */
export function LazyPanel({ title, load, minHeight }: LazyPanelProps): JSX.Element {
  const loaded = useMemo(() => signal<FunctionComponent | null>(null), []);
  useEffect(() => {
    void whenIdle()
      .then(load)
      .then((panel) => {
        loaded.value = panel;
      })
      .catch((error: unknown) => notifyError(`The panel “${title}” could not be loaded`, error));
  }, []);
  const Panel = loaded.value;
  if (Panel) return <Panel />;
  return (
    <section class="panel placeholder" style={{ minHeight }} aria-busy="true" aria-label={title}>
      <h2>{title}</h2>
    </section>
  );
}

/** After the first sight; Safari has no `requestIdleCallback`. */
function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 500 });
    else setTimeout(resolve, 50);
  });
}
