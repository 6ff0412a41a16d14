import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Keeps `seen` true while the element is on the screen, or nearly: what follows a run can rest meanwhile. */
export function useSeen(element: RefObject<Element | null>, seen: Signal<boolean>): void {
  useEffect(() => {
    const watching = new IntersectionObserver(
      (entries) => {
        seen.value = entries.at(-1)?.isIntersecting ?? false;
      },
      { rootMargin: '100px' },
    );
    if (element.current) watching.observe(element.current);
    return () => {
      watching.disconnect();
      seen.value = false;
    };
  }, []);
}
