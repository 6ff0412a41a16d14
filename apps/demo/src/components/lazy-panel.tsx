import { signal } from '@preact/signals';
import type { FunctionComponent, JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { notifyError } from '../state/notice-store.ts';

/** How far below what is seen a panel begins to load. */
const NEAR = '0px 0px 25% 0px';

/** Where a panel's code is, and the room that it will take. */
export interface LazyPanelProps {
  readonly title: string;
  readonly load: () => Promise<FunctionComponent>;
  /** Kept free until the panel is there, so that nothing jumps. */
  readonly minHeight: string;
}

/** A panel whose code is fetched when it comes near the part of the page that is seen: what is needed first comes first. */
export function LazyPanel({ title, load, minHeight }: LazyPanelProps): JSX.Element {
  const loaded = useMemo(() => signal<FunctionComponent | null>(null), []);
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        load().then(
          (panel) => {
            loaded.value = panel;
          },
          (error: unknown) => notifyError(`The panel “${title}” could not be loaded`, error),
        );
      },
      { rootMargin: NEAR },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const Panel = loaded.value;
  if (Panel) return <Panel />;
  return (
    <section ref={place} class="panel placeholder" style={{ minHeight }} aria-busy="true" aria-label={title}>
      <h2>{title}</h2>
    </section>
  );
}
