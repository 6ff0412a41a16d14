import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { GivenFile } from '../../session/data/given-file.ts';
import { giveFiles } from '../../state/data-store.ts';

/** Classes that a person collects, with their images. */
const classes = signal<readonly { readonly name: string; readonly files: readonly File[] }[]>([]);
const name = signal('');

/** Collects images class by class: for who has no folders. */
export function OwnClasses(): JSX.Element {
  const add = (list: FileList | null): void => {
    const files = [...(list ?? [])];
    if (files.length === 0) return;
    const called = name.value.trim().replaceAll('/', '-') || `class ${classes.value.length + 1}`;
    const former = classes.value.find((other) => other.name === called)?.files ?? [];
    classes.value = [
      ...classes.value.filter((other) => other.name !== called),
      { name: called, files: [...former, ...files] },
    ];
    name.value = '';
  };
  const use = (): void => {
    const files = classes.value.flatMap(({ name: folder, files: own }) =>
      own.map((file, i): GivenFile => ({ file, path: `my-images/${folder}/${i}-${file.name}` })),
    );
    void giveFiles(files);
  };
  return (
    <details class="own-classes">
      <summary>Collect images class by class</summary>
      <div class="row">
        <label class="field">
          <span>Name of the class</span>
          <input
            type="text"
            value={name.value}
            placeholder={`class ${classes.value.length + 1}`}
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
        </label>
        <label class="button">
          Add images of it
          <input
            type="file"
            class="visually-hidden"
            accept="image/*"
            multiple
            onChange={({ currentTarget }) => {
              add(currentTarget.files);
              currentTarget.value = '';
            }}
          />
        </label>
      </div>
      {classes.value.length > 0 && (
        <ul class="collected">
          {classes.value.map((entry) => (
            <li key={entry.name}>
              {entry.name}: {entry.files.length} {entry.files.length === 1 ? 'image' : 'images'}{' '}
              <button
                type="button"
                class="link"
                aria-label={`Remove ${entry.name}`}
                onClick={() => {
                  classes.value = classes.value.filter((other) => other !== entry);
                }}
              >
                remove
              </button>
            </li>
          ))}
        </ul>
      )}
      <button type="button" disabled={classes.value.length < 2} onClick={use}>
        Train on these
      </button>
      <p class="hint">Two classes or more; a few dozen images each are enough to see it learn.</p>
    </details>
  );
}
