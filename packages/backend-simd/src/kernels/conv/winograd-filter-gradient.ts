import type { backend_util, TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import { forwardPlan } from './conv2d-geometry.ts';
import { placePlan } from './convolution-plan.ts';
import { is3x3WithStep1 } from './winograd.ts';

/** As assembly/conv/winograd-filter-gradient.ts has them. */
const BLOCK = 64;
const TILES = 32;
const SCRATCH_BYTES = 256 + 2 * 16 * (TILES + 1) * BLOCK * 4;
/** Fewer channels fill too little of a panel, fewer tiles do not pay for the transform of the result. */
const LEAST_IN_CHANNELS = 8;
const LEAST_OUT_CHANNELS = 12;
const LEAST_TILES = 2 * TILES;
/** Below this many tasks the tiles are split too, each group with a partial sum of its own. */
const WANTED_TASKS = 16;

/** Whether Winograd's algorithm pays for the gradient of this convolution's filter. */
export function usesWinogradFilterGradient(info: backend_util.Conv2DInfo): boolean {
  return (
    is3x3WithStep1(forwardPlan(info)) &&
    info.inChannels >= LEAST_IN_CHANNELS &&
    info.outChannels >= LEAST_OUT_CHANNELS &&
    tileCount(info) >= LEAST_TILES
  );
}

/**
 * Gradient of a 3x3 filter into `gradient`. False where an element is not finite: the transforms mix the taps, so each must
 * be computed for itself then.
 */
export function winogradFilterGradient(
  backend: SimdBackend,
  { info, x, dy, gradient }: { info: backend_util.Conv2DInfo; x: TensorInfo; dy: TensorInfo; gradient: number },
): boolean {
  const { batchSize, inChannels, outChannels } = info;
  const plan = placePlan(backend, { ...forwardPlan(info), rowsPerTask: 2 });
  const blocks = Math.ceil(inChannels / BLOCK) * Math.ceil(outChannels / BLOCK);
  const tiles = tileCount(info);
  // A fixed number of groups, whatever the number of threads: the sums must not depend on it.
  const wanted = Math.min(Math.ceil(WANTED_TASKS / blocks), Math.ceil(tiles / TILES));
  const tilesPerGroup = Math.ceil(tiles / wanted / TILES) * TILES;
  const groups = Math.ceil(tiles / tilesPerGroup);
  const blockBytes = 1024 * Math.min(BLOCK, inChannels) * Math.min(BLOCK / 16, Math.ceil(outChannels / 16));
  const partials = backend.memoryPool.allocate(groups * blocks * blockBytes);
  const spoiled = backend.constants([0]);
  backend.run({
    kernel: 'winogradFilterGradient',
    args: [plan.pointer, backend.pointer(x), backend.pointer(dy), partials.pointer, batchSize, tilesPerGroup],
    tasks: groups * blocks,
    work: tiles * 16 * inChannels * outChannels,
    scratchBytes: SCRATCH_BYTES,
  });
  backend.run({
    kernel: 'winogradFilterGradientSum',
    args: [plan.pointer, partials.pointer, gradient, spoiled.pointer, groups],
    tasks: inChannels,
    work: inChannels * outChannels * (groups + 1) * 8,
    scratchBytes: 192,
  });
  backend.memoryPool.watcher?.readOnHost(spoiled);
  const finite = backend.memoryPool.integers(spoiled.pointer, 1)[0] === 0;
  spoiled.release();
  partials.release();
  plan.buffer.release();
  return finite;
}

function tileCount({ batchSize, outHeight, outWidth }: backend_util.Conv2DInfo): number {
  return batchSize * Math.ceil(outHeight / 2) * Math.ceil(outWidth / 2);
}
