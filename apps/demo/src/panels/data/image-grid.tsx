import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export interface ImageGridProps {
  /** Bytes of the images one after the other, HWC. */
  readonly images: Uint8Array;
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly columns: number;
  /** What a screen reader says of the picture. */
  readonly label: string;
}

const GAP = 1;

/** Images in rows, pixel by pixel, on one canvas. */
export function ImageGrid({ images, shape, columns, label }: ImageGridProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height, width, channels] = shape;
  const count = Math.floor(images.length / (height * width * channels));
  const rows = Math.ceil(count / columns);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    for (let i = 0; i < count; i++) {
      const data = new ImageData(width, height);
      for (let pixel = 0; pixel < width * height; pixel++) {
        const from = (i * width * height + pixel) * channels;
        for (let channel = 0; channel < 3; channel++) {
          data.data[4 * pixel + channel] = images[from + (channels === 1 ? 0 : channel)]!;
        }
        data.data[4 * pixel + 3] = 255;
      }
      context.putImageData(data, (i % columns) * (width + GAP), Math.floor(i / columns) * (height + GAP));
    }
  }, [images, columns]);
  return (
    <canvas
      ref={canvas}
      class="pixelated image-grid"
      role="img"
      aria-label={label}
      width={columns * (width + GAP) - GAP}
      height={Math.max(1, rows * (height + GAP) - GAP)}
    />
  );
}
