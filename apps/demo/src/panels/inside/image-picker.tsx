import type { JSX } from 'preact';
import { PictureCanvas } from '../../components/picture-canvas.tsx';
import { reading } from '../../state/drawing-store.ts';
import { imageChoice, look } from '../../state/inside-store.ts';
import { network } from '../../state/network-card-store.ts';
import { paintImage } from './paint-tiles.ts';

/** Which image is sent through the network, and what it is taken for. */
export function ImagePicker(): JSX.Element {
  const choice = imageChoice.value;
  const count = network.value?.testCount ?? 1;
  const index = choice.kind === 'test' ? choice.index : 0;
  const choose = (next: number): void => {
    imageChoice.value = { kind: 'test', index: (next + count) % count };
  };
  const isDrawing = choice.kind === 'drawing';
  const picture = look.value?.picture;
  return (
    <div class="image-picker">
      {picture ? (
        <PictureCanvas picture={paintImage(picture.pixels, picture.shape)} label="The image" />
      ) : (
        <div class="nothing" />
      )}
      <div>
        <p class="verdict">{verdictOf()}</p>
        <div class="row">
          <button type="button" onClick={() => choose(index - 1)} aria-label="Previous test image">
            ←
          </button>
          <button type="button" onClick={() => choose(index + 1)} aria-label="Next test image">
            →
          </button>
          <button type="button" onClick={() => choose(Math.floor(Math.random() * count))}>
            Random
          </button>
          <button
            type="button"
            aria-pressed={isDrawing}
            disabled={!reading.value}
            onClick={() => {
              imageChoice.value = isDrawing ? { kind: 'test', index: 0 } : { kind: 'drawing' };
            }}
          >
            My drawing
          </button>
        </div>
      </div>
    </div>
  );
}

function verdictOf(): JSX.Element {
  const seen = look.value;
  const names = network.value?.classNames ?? [];
  const choice = imageChoice.value;
  const what = choice.kind === 'drawing' ? 'Your drawing' : `Test image ${choice.index}`;
  if (!seen) return <>{what}</>;
  const best = seen.probabilities.reduce((winner, share, i) => (share > seen.probabilities[winner]! ? i : winner), 0);
  const isRight = seen.truth === null ? '' : seen.truth === best ? 'good' : 'bad';
  return (
    <>
      {what}
      {seen.truth !== null && (
        <>
          , a <b>{names[seen.truth]}</b>
        </>
      )}
      : read as <b class={isRight}>{names[best]}</b> ({(100 * seen.probabilities[best]!).toFixed(0)} %)
    </>
  );
}
