import type { SeenRegion } from '@cnn/core';
import type { ExampleImage } from '../../state/data-facts-store.ts';

export interface SeenRegionPicture {
  /** Null: an empty square of the input's size. */
  readonly image: ExampleImage | null;
  /** `[C, H, W]`. */
  readonly input: readonly [number, number, number];
  readonly region: SeenRegion;
}

/** Paints the image, dimmed outside of what the unit sees, with its frame; padding shows around the image. */
export function paintSeenRegion(canvas: HTMLCanvasElement, { image, input, region }: SeenRegionPicture): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const [, height, width] = input;
  const reach = Math.max(2, -region.rows[0], -region.columns[0], region.rows[1] - height, region.columns[1] - width);
  const margin = Math.min(Math.ceil(reach), Math.max(height, width));
  const scale = canvas.width / (Math.max(height, width) + 2 * margin);
  const style = getComputedStyle(canvas);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = style.getPropertyValue('background-color');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, margin * scale, margin * scale);
  context.imageSmoothingEnabled = false;
  if (image) context.drawImage(bitmapOf(image), 0, 0, width, height);
  else context.strokeRect(0, 0, width, height);
  const [top, bottom] = region.rows;
  const [left, right] = region.columns;
  context.fillStyle = 'rgb(0 0 0 / 55%)';
  context.beginPath();
  context.rect(0, 0, width, height);
  context.rect(left, top, right - left, bottom - top);
  context.fill('evenodd');
  context.strokeStyle = style.color;
  context.lineWidth = 2.5 / scale;
  context.strokeRect(left, top, right - left, bottom - top);
}

function bitmapOf({ pixels, shape: [height, width, channels] }: ExampleImage): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  const data = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let channel = 0; channel < 3; channel++) {
      data.data[4 * i + channel] = pixels[i * channels + (channels === 1 ? 0 : channel)]!;
    }
    data.data[4 * i + 3] = 255;
  }
  context?.putImageData(data, 0, 0);
  return canvas;
}
