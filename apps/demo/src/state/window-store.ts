import { batch, type Signal, signal } from '@preact/signals';

/** Output cell that the window makes, row and column; null until it is known where there is most to see. */
export const windowCell: Signal<readonly [row: number, column: number] | null> = signal(null);
/** Output channel: the filter, or the map that is pooled; null until it is known which has most to show. */
export const windowChannel: Signal<number | null> = signal(null);
/** Input channel whose products are written out, within the filter's group; null likewise. */
export const windowInput: Signal<number | null> = signal(null);
/** Whether the window moves by itself. */
export const windowPlays: Signal<boolean> = signal(false);

/** Another layer, another place: the one where there is most to see. */
export function restartWindow(): void {
  batch(() => {
    windowChannel.value = null;
    windowInput.value = null;
    windowCell.value = null;
  });
}
