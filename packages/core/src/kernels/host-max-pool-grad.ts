import { backend_util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';

type PoolInfo = ReturnType<typeof backend_util.computePool2DInfo>;
/** What a backend offers to read and write values at once. */
type SynchronousBackend = {
  readSync(dataId: object): Float32Array;
  write(values: Float32Array, shape: number[], dtype: 'float32'): object;
};

/** Gradient of max pooling computed on the host, for backends in host memory: to the first maximum, row-major. */
export function hostMaxPoolGrad(backendName: string): KernelConfig {
  return {
    kernelName: 'MaxPoolGrad',
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { dy, input } = inputs as { dy: TensorInfo; input: TensorInfo };
      const { filterSize, strides, pad, dimRoundingMode } = attrs as PoolAttrs;
      const shape = input.shape as [number, number, number, number];
      const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
      const host = backend as SynchronousBackend;
      const dx = maxPoolGradient(host.readSync(dy.dataId), host.readSync(input.dataId), info);
      return { dataId: host.write(dx, shape, 'float32'), shape, dtype: 'float32' };
    },
  };
}

type PoolAttrs = {
  filterSize: [number, number];
  strides: [number, number];
  pad: Parameters<typeof backend_util.computePool2DInfo>[4] & string;
  dimRoundingMode: 'floor' | 'round' | 'ceil';
};

function maxPoolGradient(dy: Float32Array, x: Float32Array, info: PoolInfo): Float32Array {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth } = info;
  const dx = new Float32Array(batchSize * inHeight * inWidth * inChannels);
  for (let i = 0; i < dy.length; i++) {
    const channel = i % inChannels;
    const column = Math.floor(i / inChannels) % outWidth;
    const row = Math.floor(i / (inChannels * outWidth)) % outHeight;
    const image = Math.floor(i / (inChannels * outWidth * outHeight));
    const top = row * strideHeight - info.padInfo.top;
    const left = column * strideWidth - info.padInfo.left;
    let [winner, largest] = [-1, Number.NEGATIVE_INFINITY];
    for (let y = Math.max(0, top); y < Math.min(inHeight, top + info.filterHeight); y++) {
      for (let z = Math.max(0, left); z < Math.min(inWidth, left + info.filterWidth); z++) {
        const place = ((image * inHeight + y) * inWidth + z) * inChannels + channel;
        // Not "greater than": a window of −∞ alone, or of NaN, still has its first entry.
        if (winner >= 0 && !(x[place]! > largest)) continue;
        winner = place;
        largest = x[place]!;
      }
    }
    if (winner >= 0) dx[winner]! += dy[i]!;
  }
  return dx;
}
