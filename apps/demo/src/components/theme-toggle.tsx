import type { JSX } from 'preact';
import { theme, toggleTheme } from '../state/theme-store.ts';

/** Light or dark. */
export function ThemeToggle(): JSX.Element {
  const other = theme.value === 'dark' ? 'light' : 'dark';
  return (
    <button type="button" class="icon" aria-label={`Switch to ${other} colours`} onClick={toggleTheme}>
      <svg
        viewBox="0 0 24 24"
        width="20"
        height="20"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
      >
        {other === 'light' ? (
          <>
            <circle cx="12" cy="12" r="4" />
            <path d="M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2" stroke-linecap="round" />
          </>
        ) : (
          <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z" stroke-linejoin="round" />
        )}
      </svg>
    </button>
  );
}
