import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { PictureCanvas } from '../../components/picture-canvas.tsx';
import { useSeen } from '../../components/use-seen.ts';
import { drawingSeen, objection, reading, rereadSketch, setSketch, sketch } from '../../state/drawing-store.ts';
import { broughtWeights, network } from '../../state/network-card-store.ts';
import { notifyError } from '../../state/notice-store.ts';
import { step } from '../../state/run-store.ts';
import '../../styles/drawing.css';
import { DrawingCanvas } from './drawing-canvas.tsx';
import { loadPicture } from './load-picture.ts';
import { ProbabilityList } from './probability-list.tsx';
import { saliencyPicture, seenPicture } from './saliency-picture.ts';
import { undone } from './sketch.ts';

const DIGITS = [...'0123456789'];

/** Draw a digit, or bring a picture of one: what the network sees of it, what it takes it for, and why. */
export function DrawingPanel(): JSX.Element {
  const glowing = useSignal(true);
  const over = useSignal(false);
  const panel = useRef<HTMLElement>(null);
  useSeen(panel, drawingSeen);
  useSignalEffect(rereadSketch);
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => void bring(event.clipboardData?.files);
    addEventListener('paste', paste);
    return () => removeEventListener('paste', paste);
  }, []);
  const seen = useComputed(() => {
    if (!reading.value) return null;
    return glowing.value ? saliencyPicture(reading.value) : seenPicture(reading.value);
  });
  const classNames = network.value?.classNames ?? DIGITS;
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    over.value = false;
    void bring(event.dataTransfer?.files);
  };
  return (
    <section
      ref={panel}
      class={over.value ? 'panel drawing-panel over' : 'panel drawing-panel'}
      aria-labelledby="drawing"
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => {
        over.value = false;
      }}
      onDrop={drop}
    >
      <h2 id="drawing">Draw</h2>
      <p>{remarkOf(classNames)}</p>
      <div class="drawing">
        <DrawingCanvas describedBy="drawing-keys" />
        <ProbabilityList probabilities={reading.value?.probabilities ?? null} classNames={classNames} />
      </div>
      <div class="row">
        <button type="button" disabled={sketch.value.length === 0} onClick={() => setSketch(undone(sketch.value))}>
          Undo
        </button>
        <button type="button" disabled={sketch.value.length === 0} onClick={() => setSketch([])}>
          Clear
        </button>
        <label class="button">
          Picture…
          <input
            class="visually-hidden"
            type="file"
            accept="image/*"
            onChange={({ currentTarget }) => {
              void bring(currentTarget.files);
              currentTarget.value = '';
            }}
          />
        </label>
      </div>
      <div class="drawing-seen">
        <figure class="seen">
          {seen.value ? (
            <PictureCanvas picture={seen.value} label="The drawing as the network sees it" />
          ) : (
            <div class="nothing" />
          )}
          <figcaption>
            What the network sees{seen.value && `, ${seen.value.height}×${seen.value.width}`}
            <label class="check">
              <input
                type="checkbox"
                checked={glowing.value}
                onChange={({ currentTarget }) => {
                  glowing.value = currentTarget.checked;
                }}
              />
              Saliency
            </label>
          </figcaption>
        </figure>
        <Remarks classNames={classNames} glowing={glowing.value} />
      </div>
      <p class="hint" id="drawing-keys">
        By keyboard: arrow keys move the pen, space puts it down and lifts it, Backspace undoes. Drop or paste a picture
        to have it read instead.
      </p>
    </section>
  );
}

/** What there is to say of the reading: politely, and only when the decision changes. */
function Remarks(props: { readonly classNames: readonly string[]; readonly glowing: boolean }): JSX.Element {
  const { classNames, glowing } = props;
  const decision = useComputed(() => {
    if (objection.value || !reading.value) return null;
    const { probabilities, step: at } = reading.value;
    const best = probabilities.reduce((winner, share, index) => (share > probabilities[winner]! ? index : winner), 0);
    return { name: classNames[best] ?? String(best), untrained: at === 0 };
  });
  return (
    <div class="remarks" aria-live="polite">
      {objection.value && <p class="problem-text">{objection.value}</p>}
      {reading.value?.note && !objection.value && <p>{reading.value.note}</p>}
      {decision.value?.untrained && step.value === 0 && broughtWeights.value === 0 && (
        <p>This network has not been trained yet: what it says is chance. Press play, and watch it make up its mind.</p>
      )}
      {decision.value && <p class="visually-hidden">Read as {decision.value.name}</p>}
      {decision.value && glowing && (
        <p class="hint">Bright spots are pixels on which the decision depends most: change them, and it changes.</p>
      )}
    </div>
  );
}

function remarkOf(classNames: readonly string[]): string {
  const [first, last] = [classNames[0], classNames.at(-1)];
  const isDigits = classNames.every((name) => /^\d$/.test(name));
  const what = isDigits ? `a digit, ${first} to ${last}` : `what it knows: ${classNames.slice(0, 4).join(', ')}, …`;
  return `Draw ${what}. The network reads it while you draw, as it is now${isDigits ? '; first it is centred as MNIST’s digits are' : ''}.`;
}

/** The first picture of those that were dropped, pasted or chosen. What was drawn before stays below it. */
async function bring(files: FileList | null | undefined): Promise<void> {
  const file = files?.[0];
  if (!file) return;
  try {
    setSketch([...sketch.value, await loadPicture(file)]);
  } catch (error) {
    notifyError('This picture cannot be read', error);
  }
}
