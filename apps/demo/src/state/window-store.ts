import { type Signal, signal } from '@preact/signals';

/** Output cell that the window makes, row and column; null for the one in the middle. */
export const windowCell: Signal<readonly [row: number, column: number] | null> = signal(null);
/** Output channel: the filter, or the map that is pooled. */
export const windowChannel: Signal<number> = signal(0);
/** Input channel whose products are written out. */
export const windowInput: Signal<number> = signal(0);
/** Whether the window moves by itself. */
export const windowPlays: Signal<boolean> = signal(false);
