import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { DataCard } from '../../session/data/data-card.ts';
import { card, draw, followData, seen } from '../../state/data-store.ts';
import { ClassCounts } from './class-counts.tsx';
import { DataSourcesRow } from './data-sources-row.tsx';
import { ImageGrid } from './image-grid.tsx';
import '../../styles/data.css';

/** The data set: where it comes from, what is in it, and what the network sees of it. */
export function DataPanel(): JSX.Element {
  useEffect(followData, []);
  return (
    <section class="panel data" aria-labelledby="data">
      <h2 id="data">Data</h2>
      <p>A network is what its examples make of it. These are the ones it learns from.</p>
      <DataSourcesRow />
      {card.value && <Card card={card.value} />}
      {seen.value && <Seen />}
    </section>
  );
}

function Card({ card }: { card: DataCard }): JSX.Element {
  const { shape, train, test, mean, std } = card;
  const [height, width, channels] = shape;
  return (
    <>
      <dl class="facts">
        <Fact name="Images">{`${train.count.toLocaleString('en')} to learn from, ${test.count.toLocaleString('en')} to test`}</Fact>
        <Fact name="Each">{`${height} × ${width}, ${channels === 1 ? 'grey' : 'colour'}`}</Fact>
        <Fact name="Mean ± deviation">
          {mean.map((value, channel) => `${value.toFixed(3)} ± ${(std[channel] ?? 0).toFixed(3)}`).join(', ')}
        </Fact>
      </dl>
      <div class="classes">
        <ClassCounts card={card} />
        <figure>
          <ImageGrid
            images={card.samples}
            shape={shape}
            columns={card.samplesPerClass}
            label={`Some images of each class, a row each: ${card.classNames.join(', ')}`}
          />
          <figcaption>Some of each class, a row each</figcaption>
        </figure>
      </div>
    </>
  );
}

function Fact({ name, children }: { name: string; children: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A batch as the network sees it. */
function Seen(): JSX.Element | null {
  const batch = seen.value;
  if (!batch) return null;
  const [least, greatest] = batch.range;
  return (
    <>
      <h3>As the network sees them</h3>
      <p class="hint">
        Training images after augmentation, other each time; black is {least.toFixed(2)}, white {greatest.toFixed(2)}.
        Augmentation shows the network more than there is, so that it learns what does not matter.
      </p>
      <ImageGrid images={batch.images} shape={batch.shape} columns={8} label="Augmented training images" />
      <button
        type="button"
        onClick={() => {
          draw.value += 1;
        }}
      >
        Draw again
      </button>
    </>
  );
}
