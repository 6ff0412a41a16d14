import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Picture } from '../panels/inside/paint-tiles.ts';

/** What a picture is called, and how it is dressed. */
export interface PictureCanvasProps {
  readonly picture: Picture;
  /** What is on it, for who does not see it. Without one it is decoration. */
  readonly label?: string | undefined;
  readonly class?: string;
  /** The pointer is over a place of the picture, in its pixels; null when it has left. */
  readonly onPoint?: (place: readonly [x: number, y: number] | null) => void;
  /** The place was pressed. There has to be a way by keyboard, too. */
  readonly onChoose?: ((place: readonly [x: number, y: number]) => void) | undefined;
}

/** A canvas of as many pixels as the picture has; style sheets make it larger. */
export function PictureCanvas(props: PictureCanvasProps): JSX.Element {
  const { picture, label, class: name = '', onPoint, onChoose } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    context?.putImageData(new ImageData(picture.data, picture.width, picture.height), 0, 0);
  }, [picture]);
  const placeOf = ({ clientX, clientY }: PointerEvent): readonly [number, number] => {
    const { left, top, width, height } = canvas.current!.getBoundingClientRect();
    return [((clientX - left) / width) * picture.width, ((clientY - top) / height) * picture.height];
  };
  const meaning = label ? { role: 'img' as const, 'aria-label': label } : { 'aria-hidden': true };
  return (
    <canvas
      ref={canvas}
      class={`pixelated ${name}`}
      width={picture.width}
      height={picture.height}
      {...meaning}
      {...(onPoint && {
        onPointerMove: (event: PointerEvent) => onPoint(placeOf(event)),
        onPointerLeave: () => onPoint(null),
      })}
      {...(onChoose && { onPointerUp: (event: PointerEvent) => onChoose(placeOf(event)) })}
    />
  );
}
