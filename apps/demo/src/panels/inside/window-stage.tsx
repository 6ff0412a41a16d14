import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { PictureCanvas } from '../../components/picture-canvas.tsx';
import { cellAfterKey } from './padded-map.ts';
import type { Picture } from './paint-tiles.ts';

/** A rectangle of pixels that is outlined on a map. */
interface Outline {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly class: string;
}

/** A map on which a window is moved. */
export interface WindowStageProps {
  readonly title: string;
  readonly label: string;
  readonly picture: Picture;
  readonly outlines: readonly Outline[];
  /** Middles of all windows, `[x, y]`, where they are further apart than pixels. */
  readonly middles?: readonly (readonly [number, number])[];
  readonly cell: readonly [row: number, column: number];
  /** Rows and columns of the output. */
  readonly cells: readonly [number, number];
  /** The cell that belongs to a place `[row, column]` of the picture. */
  readonly cellAt: (place: readonly [number, number]) => readonly [number, number];
  readonly onMove: (cell: readonly [number, number]) => void;
}

/** A map with outlines over it; pointer and arrow keys move the window. */
export function WindowStage(props: WindowStageProps): JSX.Element {
  const { title, label, picture, outlines, middles = [], cell, cells, cellAt, onMove } = props;
  const stage = useRef<HTMLDivElement>(null);
  const point = (event: PointerEvent): void => {
    if (event.pointerType === 'touch' && event.type === 'pointermove' && event.buttons === 0) return;
    const { left, top, width, height } = stage.current!.getBoundingClientRect();
    const row = ((event.clientY - top) / height) * picture.height;
    onMove(cellAt([row, ((event.clientX - left) / width) * picture.width]));
  };
  const press = (event: KeyboardEvent): void => {
    const next = cellAfterKey(cell, event.key, cells);
    if (!next) return;
    event.preventDefault();
    onMove(next);
  };
  return (
    <figure class="window-stage">
      <figcaption>{title}</figcaption>
      {/* An application: arrow keys move the window instead of the page. */}
      <div
        ref={stage}
        role="application"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the window is moved by keyboard, as in an application.
        tabIndex={0}
        style={{ aspectRatio: `${picture.width} / ${picture.height}` }}
        onPointerMove={point}
        onPointerDown={point}
        onKeyDown={press}
      >
        <PictureCanvas picture={picture} />
        <svg viewBox={`0 0 ${picture.width} ${picture.height}`} aria-hidden="true">
          {middles.length > 0 && (
            <path d={middles.map(([x, y]) => `M${x} ${y}h0`).join('')} vector-effect="non-scaling-stroke" />
          )}
          {outlines.map((outline) => (
            <rect key={`${outline.class} ${outline.x} ${outline.y}`} {...outline} vector-effect="non-scaling-stroke" />
          ))}
        </svg>
      </div>
    </figure>
  );
}
