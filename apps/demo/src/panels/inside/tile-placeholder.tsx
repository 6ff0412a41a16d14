import type { JSX } from 'preact';
import { type TileLayout, tileLayout } from './tile-layout.ts';

/** Where the maps `[H, W, C]` of a layer stand; units are maps of one pixel, side by side. */
export function mapLayout(shape: readonly number[]): TileLayout {
  const [tileHeight, tileWidth, count] = [shape[0]!, shape[1]!, shape[2]!];
  const isUnits = tileHeight === 1 && tileWidth === 1;
  return tileLayout(count, { tileHeight, tileWidth, ...(isUnits && { gap: 0, aspect: 24 }) });
}

/** Where the kernels `[O, I, kH, kW]` of a layer stand. */
export function filterLayout(shape: readonly number[]): TileLayout {
  const [count, tileHeight, tileWidth] = [shape[0]!, shape[2]!, shape[3]!];
  return tileLayout(count, { tileHeight, tileWidth, aspect: tileHeight > 12 ? 3 : 5 });
}

/** Pixels of the screen for one of the picture, at most: small tiles are shown larger. */
export function zoomOf({ tileHeight }: TileLayout): number {
  return tileHeight >= 20 ? 3 : tileHeight >= 10 ? 4 : tileHeight >= 6 ? 6 : 9;
}

/** The room that tiles will take, so that nothing jumps when they come. */
export function TilePlaceholder({ layout }: { readonly layout: TileLayout }): JSX.Element {
  const style = { '--pixels': layout.width, '--zoom': zoomOf(layout) };
  return (
    <figure class="maps" style={style} aria-busy="true">
      <div class="nothing" style={{ aspectRatio: `${layout.width} / ${layout.height}` }} />
      <figcaption> </figcaption>
    </figure>
  );
}
