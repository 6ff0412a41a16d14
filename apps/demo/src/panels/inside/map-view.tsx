import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { PictureCanvas } from '../../components/picture-canvas.tsx';
import type { LayerCard } from '../../session/layer-card.ts';
import { maps } from '../../state/inside-store.ts';
import { SEQUENTIAL } from './colour-map.ts';
import { paintTiles } from './paint-tiles.ts';
import { readable } from './statistics-reading.ts';
import { tileAt } from './tile-layout.ts';
import { mapLayout, TilePlaceholder, zoomOf } from './tile-placeholder.tsx';
import { mapTiles, tileRanges, unitTiles } from './tiles.ts';

/** A layer's output, and what happens when one of its maps is pressed. */
export interface MapViewProps {
  readonly card: LayerCard;
  readonly scale: 'each' | 'shared';
  readonly onChoose?: ((channel: number, row: number, column: number) => void) | undefined;
}

/** The output of a layer as pictures: a tile for each channel, or a pixel for each unit. Says the value under the pointer. */
export function MapView({ card, scale, onChoose }: MapViewProps): JSX.Element {
  const pointed = useSignal('');
  const painted = useComputed(() => {
    const values = maps.value.get(card.call);
    if (!values) return null;
    const isMap = values.shape.length === 3;
    const tiles = isMap ? mapTiles(values.values, values.shape) : unitTiles(values.values);
    const layout = mapLayout(isMap ? values.shape : [1, 1, tiles.count]);
    // Units have no picture of their own to be spread over a range.
    const ranges = tileRanges(tiles, isMap ? scale : 'shared');
    return { tiles, layout, picture: paintTiles(tiles, { layout, ranges, colours: SEQUENTIAL }) };
  });
  if (!painted.value) {
    const [channels, height = 1, width = 1] = card.outputShape;
    const expected = mapLayout([height, width, channels!]);
    return <TilePlaceholder layout={expected} />;
  }
  const { tiles, layout, picture } = painted.value;
  const point = (place: readonly [x: number, y: number] | null): void => {
    const found = place && tileAt(layout, ...place);
    if (!found) {
      pointed.value = '';
      return;
    }
    const { strides, values } = tiles;
    const value = values[found.tile * strides[0] + found.row * strides[1] + found.column * strides[2]]!;
    const isMap = tiles.height * tiles.width > 1;
    const where = isMap ? `, row ${found.row}, column ${found.column}` : '';
    pointed.value = `${isMap ? 'map' : 'unit'} ${found.tile}${where}: ${readable(value)}`;
  };
  const choose = (place: readonly [x: number, y: number]): void => {
    const found = tileAt(layout, ...place);
    if (found) onChoose?.(found.tile, found.row, found.column);
  };
  const shown = tiles.count < card.outputShape[0]! ? `, the first ${tiles.count} of ${card.outputShape[0]}` : '';
  return (
    <figure class="maps" style={{ '--pixels': layout.width, '--zoom': zoomOf(layout) }}>
      <PictureCanvas
        picture={picture}
        class={onChoose ? 'choosable' : ''}
        label={`Output of ${card.path || card.kind}: ${tiles.count} maps${shown}`}
        onPoint={point}
        onChoose={onChoose && choose}
      />
      <figcaption>{pointed.value || (shown ? shown.slice(2) : ' ')}</figcaption>
    </figure>
  );
}
