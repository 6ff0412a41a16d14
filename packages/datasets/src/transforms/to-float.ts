import type { Image, Transform } from './transform.ts';

/** Bytes as float32 in [0, 1], divided by 255 in float32 as torchvision's `ToTensor` does; floats are left alone. */
export function toFloat(): Transform {
  return { name: 'to-float', pointwise: true, outputShape: (input) => input, apply: floatImage };
}

/** The image as floats: bytes divided by 255, floats as they are. */
export function floatImage(image: Image): Image & { readonly pixels: Float32Array } {
  const { pixels, shape } = image;
  if (pixels instanceof Float32Array) return { pixels, shape };
  const floats = new Float32Array(pixels.length);
  for (let i = 0; i < floats.length; i++) floats[i] = pixels[i]! / 255;
  return { pixels: floats, shape };
}
