import { CnnError } from '../../errors/cnn-error.ts';

/**
 * `[N, C, H, W]` of a batch of images.
 *
 * @param channels Channels that the layer is made for; any when absent.
 * @throws CnnError `invalid-shape` when it is no batch of such images.
 */
export function imageShape(
  kind: string,
  shape: readonly number[],
  channels?: number,
): readonly [n: number, c: number, h: number, w: number] {
  if (shape.length !== 4) {
    throw new CnnError('invalid-shape', {
      where: kind,
      expected: 'images [N, C, H, W] (in memory [N, H, W, C])',
      received: `[${shape.join(', ')}]`,
      remedy: 'Add the missing axes, for example a batch of one image of one channel is [1, 1, H, W]',
    });
  }
  if (channels !== undefined && shape[1] !== channels) {
    throw new CnnError('invalid-shape', {
      where: kind,
      expected: `${channels} input channels`,
      received: `${shape[1]} in [${shape.join(', ')}]`,
      remedy: `Build the layer for ${shape[1]} channels, or check that images in memory are [N, H, W, C]`,
    });
  }
  return [shape[0]!, shape[1]!, shape[2]!, shape[3]!];
}
