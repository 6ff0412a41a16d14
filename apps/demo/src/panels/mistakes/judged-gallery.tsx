import type { JSX } from 'preact';
import { PictureCanvas } from '../../components/picture-canvas.tsx';
import type { JudgedImage } from '../../session/evaluation-service.ts';
import { judged, mistakesView, showMistakes, showMore } from '../../state/mistakes-store.ts';
import { paintImage } from '../inside/paint-tiles.ts';

/** The images of a cell, or the worst mistakes, each with the truth and what the network said. */
export function JudgedGallery({ classNames }: { readonly classNames: readonly string[] }): JSX.Element {
  const view = mistakesView.value;
  const images = judged.value;
  const [truth, predicted] = view === 'worst' ? [] : [classNames[view.truth], classNames[view.predicted]];
  const title =
    view === 'worst'
      ? 'Worst mistakes'
      : truth === predicted
        ? `${truth}, recognised`
        : `${truth}, taken for ${predicted}`;
  return (
    <section class="gallery" aria-label="Images">
      <div class="row">
        <h3 aria-live="polite">
          {title}
          {images && ` (${images.all})`}
        </h3>
        {view !== 'worst' && (
          <button type="button" class="link" onClick={() => showMistakes('worst')}>
            Worst mistakes
          </button>
        )}
      </div>
      {images?.all === 0 && (
        <p>{view === 'worst' ? 'No mistake on this test set.' : 'No test image is in this cell.'}</p>
      )}
      <ul>
        {images?.images.map((image, place) => (
          // By its place: the next images take over the elements of these.
          <li key={place}>
            <Judged image={image} classNames={classNames} />
          </li>
        ))}
      </ul>
      {images && images.all > images.images.length && (
        <button type="button" onClick={showMore}>
          More
        </button>
      )}
    </section>
  );
}

function Judged({ image, classNames }: { image: JudgedImage; classNames: readonly string[] }): JSX.Element {
  const { truth, predicted, probability, picture, index } = image;
  const [is, said] = [classNames[truth] ?? truth, classNames[predicted] ?? predicted];
  const share = `${(100 * probability).toFixed(0)}\u00a0%`;
  return (
    <figure>
      <PictureCanvas picture={paintImage(picture.pixels, picture.shape)} label={`Test image ${index}`} />
      <figcaption>
        is <b>{is}</b>, said <b class={truth === predicted ? 'good' : 'bad'}>{said}</b>, {share}
      </figcaption>
    </figure>
  );
}
