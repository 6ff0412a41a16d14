import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { PictureCanvas } from '../../components/picture-canvas.tsx';
import type { LayerCard } from '../../session/layer-card.ts';
import { filterChannels, filters } from '../../state/inside-store.ts';
import { DIVERGING } from './colour-map.ts';
import { type Picture, paintColourFilters, paintTiles } from './paint-tiles.ts';
import { readable } from './statistics-reading.ts';
import { filterLayout, TilePlaceholder, zoomOf } from './tile-placeholder.tsx';
import { filterTiles, joined, symmetricRange, tileRanges } from './tiles.ts';

/** A layer's weights. */
export interface FilterViewProps {
  readonly card: LayerCard;
  readonly scale: 'each' | 'shared';
}

/** The kernels of a layer: blue adds, orange takes away. Of one input channel at a time, or as colour images. */
export function FilterView({ card, scale }: FilterViewProps): JSX.Element | null {
  const painted = useComputed((): { picture: Picture; reach: number } | null => {
    const values = filters.value.get(card.call);
    if (!values) return null;
    const { shape } = values;
    const layout = filterLayout(shape);
    const tiles = filterTiles(values.values, shape, 0);
    const ranges = tileRanges(tiles, scale).map(symmetricRange);
    const picture =
      shape[1] === 3
        ? paintColourFilters(values.values, layout)
        : paintTiles(tiles, { layout, ranges, colours: DIVERGING });
    return { picture, reach: joined(ranges)[1] };
  });
  const inputChannels = card.filterShape?.[1] ?? 1;
  if (!card.filterShape) return null;
  const room = filterLayout(card.filterShape);
  if (!painted.value) return <TilePlaceholder layout={room} />;
  const channel = filterChannels.value.get(card.call) ?? 0;
  const name = card.path || card.kind;
  const { picture, reach } = painted.value;
  return (
    <figure class="maps filters" style={{ '--pixels': picture.width, '--zoom': zoomOf(room) }}>
      <PictureCanvas picture={picture} label={`Weights of ${name}`} />
      <figcaption>
        {inputChannels > 3 || inputChannels === 2 ? (
          <label>
            weights for input channel{' '}
            <input
              type="number"
              min={0}
              max={inputChannels - 1}
              value={channel}
              onInput={({ currentTarget }) => {
                const chosen = Math.min(inputChannels - 1, Math.max(0, Math.round(Number(currentTarget.value) || 0)));
                filterChannels.value = new Map([...filterChannels.value, [card.call, chosen]]);
              }}
            />{' '}
            of {inputChannels}
          </label>
        ) : (
          'weights'
        )}
        <span class="scale">
          −{readable(reach)} <i class="scale-bar" /> +{readable(reach)}
        </span>
      </figcaption>
    </figure>
  );
}
