import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import {
  cancelReading,
  download,
  giveFiles,
  imageChannels,
  published,
  reading,
  setImageChannels,
  useKept,
  useSynthetic,
} from '../../state/data-store.ts';
import { runConfig } from '../../state/run-store.ts';
import { chosenFiles } from './collect-files.ts';
import { OwnClasses } from './own-classes.tsx';

/** The data set about which a person asks. */
const asked = signal<string | null>(null);

/** Where images come from: drawn by the page, brought, or downloaded when asked for. */
export function DataSourcesRow(): JSX.Element {
  const now = runConfig.value?.data.name;
  return (
    <div class="data-sources">
      <div class="row">
        <button type="button" aria-pressed={now === 'synthetic-digits'} onClick={useSynthetic}>
          Drawn digits
        </button>
        {published.value.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            aria-pressed={now === name}
            aria-expanded={asked.value === name}
            onClick={() => void choose(name)}
          >
            {title.split(':')[0]}
          </button>
        ))}
        <FilePicker label="Choose files" />
        <FilePicker label="Choose a folder" folder />
      </div>
      <Consent />
      <p class="hint">
        Or drop files anywhere on the page: IDX or CSV, plain or .gz, or a folder with one folder of images a class. At
        most 512 MB of pixels and 20,000 image files. Nothing leaves this machine.
      </p>
      <fieldset class="channels">
        <legend>Own images become</legend>
        {([1, 3] as const).map((channels) => (
          <label key={channels}>
            <input
              type="radio"
              name="channels"
              checked={imageChannels.value === channels}
              onChange={() => setImageChannels(channels)}
            />
            {channels === 1 ? 'grey, 28 × 28' : 'colour, 28 × 28'}
          </label>
        ))}
      </fieldset>
      <OwnClasses />
      {reading.value && (
        <div class="reading" role="status">
          <progress value={reading.value.part ?? undefined} max={1} aria-label="Reading" />
          <span>{reading.value.text}</span>
          <button type="button" onClick={cancelReading}>
            Cancel
          </button>
        </div>
      )}
    </div>
  );
}

/** One that is here is trained on; for any other the person is asked first. */
async function choose(name: string): Promise<void> {
  const closes = asked.value === name;
  asked.value = null;
  if (!closes && !(await useKept(name))) asked.value = name;
}

/** Says whom the browser would ask, before it asks. */
function Consent(): JSX.Element | null {
  const entry = published.value.find(({ name }) => name === asked.value);
  if (!entry) return null;
  return (
    <section class="consent" aria-label={`Download ${entry.name}`}>
      <p>
        {entry.title}: {entry.images.toLocaleString('en')} images, {entry.licence}. Your browser would ask{' '}
        <b>{entry.hosts[0]}</b>
        {entry.hosts.length > 1 && <> (then {entry.hosts.slice(1).join(', ')})</>} for {entry.files.length} files and
        keep them. If you have them already, drop them on the page instead: {entry.files.join(', ')}.
      </p>
      <button
        type="button"
        class="primary"
        onClick={() => {
          asked.value = null;
          void download(entry.name);
        }}
      >
        Download from {entry.hosts[0]}
      </button>
      <button
        type="button"
        onClick={() => {
          asked.value = null;
        }}
      >
        Not now
      </button>
    </section>
  );
}

function FilePicker({ label, folder = false }: { label: string; folder?: boolean }): JSX.Element {
  return (
    <label class="button">
      {label}
      <input
        type="file"
        class="visually-hidden"
        multiple
        {...(folder ? { webkitdirectory: true } : {})}
        onChange={({ currentTarget }) => {
          const files = chosenFiles(currentTarget.files);
          if (files.length > 0) void giveFiles(files);
          currentTarget.value = '';
        }}
      />
    </label>
  );
}
