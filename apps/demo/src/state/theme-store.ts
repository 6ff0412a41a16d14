import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

const KEY = 'theme';
const dark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : undefined;
const ofSystem: Signal<Theme> = signal(dark?.matches ? 'dark' : 'light');
const chosen: Signal<Theme | null> = signal(readChoice());
dark?.addEventListener('change', ({ matches }) => {
  ofSystem.value = matches ? 'dark' : 'light';
});

/** What is shown: the person's choice, else the system's. Canvases redraw when it changes. */
export const theme: ReadonlySignal<Theme> = computed(() => chosen.value ?? ofSystem.value);

/** Changes to the other, here and on later visits. */
export function toggleTheme(): void {
  chosen.value = theme.value === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem(KEY, chosen.value);
  } catch {
    // Storage refused: the choice is for this visit.
  }
}

/** Keeps `data-theme` of the document as it was chosen; `index.html` sets it before the first paint. */
export function followTheme(): void {
  effect(() => {
    if (chosen.value) document.documentElement.dataset.theme = chosen.value;
    const ground = theme.value === 'dark' ? '#0f1217' : '#f4f5f8';
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', ground);
  });
}

function readChoice(): Theme | null {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : null;
  } catch {
    return null;
  }
}
