import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Picture } from '../panels/inside/paint-tiles.ts';

/** What a picture is called, and how it is dressed. */
export interface PictureCanvasProps {
  readonly picture: Picture;
  /** What is on it, for who does not see it. Without one it is decoration. */
  readonly label?: string | undefined;
  readonly class?: string;
}

/** A canvas of as many pixels as the picture has; style sheets make it larger. */
export function PictureCanvas({ picture, label, class: name = '' }: PictureCanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    context?.putImageData(new ImageData(picture.data, picture.width, picture.height), 0, 0);
  }, [picture]);
  const meaning = label ? { role: 'img' as const, 'aria-label': label } : { 'aria-hidden': true };
  return <canvas ref={canvas} class={`pixelated ${name}`} width={picture.width} height={picture.height} {...meaning} />;
}
