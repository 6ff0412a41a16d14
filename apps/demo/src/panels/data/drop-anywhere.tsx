import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { notifyError } from '../../state/notice-store.ts';
import { droppedItems, filesOf } from './collect-files.ts';

const over = signal(false);

/** Files may be dropped anywhere on the page. A part of the page that takes some itself prevents the default. */
export function DropAnywhere(): JSX.Element | null {
  useEffect(() => {
    const enter = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      over.value = true;
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) over.value = false;
    };
    const drop = (event: DragEvent): void => {
      over.value = false;
      const items = event.dataTransfer?.items;
      if (event.defaultPrevented || !items || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault(); // The browser would leave the page and show the file.
      const dropped = droppedItems(items);
      Promise.all([import('../../state/data-store.ts'), filesOf(dropped)])
        .then(([{ giveFiles }, files]) => giveFiles(files))
        .catch((error: unknown) => notifyError('These files could not be read', error));
    };
    window.addEventListener('dragover', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  if (!over.value) return null;
  return (
    <div class="drop-anywhere" aria-hidden="true">
      Drop a data set to train on: IDX, CSV, or a folder with one folder of images a class
    </div>
  );
}
