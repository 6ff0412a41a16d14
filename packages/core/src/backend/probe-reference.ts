/** A dense array in double precision, row-major. */
export interface HostMap {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** Values between −1 and 1 that repeat nowhere near, each exact in float32. */
export function wave(shape: readonly number[], phase: number): HostMap {
  const map = zeroMap(shape);
  for (let i = 0; i < map.data.length; i++) map.data[i] = Math.fround(Math.sin(12.9898 * (i + 1) + phase));
  return map;
}

/** `a · b` of `[M, K]` and `[K, N]`. */
export function multiply(a: HostMap, b: HostMap): HostMap {
  const [m, k, n] = [a.shape[0]!, a.shape[1]!, b.shape[1]!];
  const product = zeroMap([m, n]);
  for (let i = 0; i < m * n * k; i++) {
    const [row, column, inner] = [Math.floor(i / (n * k)), Math.floor(i / k) % n, i % k];
    product.data[row * n + column]! += a.data[row * k + inner]! * b.data[inner * n + column]!;
  }
  return product;
}

/** `a` with rows and columns exchanged. */
export function transposeMap(a: HostMap): HostMap {
  const [rows, columns] = a.shape as [number, number];
  const data = a.data.map((_, i) => a.data[(i % rows) * columns + Math.floor(i / rows)]!);
  return { shape: [columns, rows], data };
}

/** Convolution of `[N, H, W, I]` by `[3, 3, I, O]` with a padding of 1, plus a bias `[O]`. */
export function convolve(x: HostMap, filter: HostMap, bias: HostMap): HostMap {
  const out = bias.shape[0]!;
  const y = zeroMap([...x.shape.slice(0, 3), out]);
  y.data.forEach((_, i) => {
    y.data[i] = bias.data[i % out]!;
  });
  forEachTap(x.shape, out, (from, weight, to) => {
    y.data[to]! += x.data[from]! * filter.data[weight]!;
  });
  return y;
}

/** Gradients of `convolve` with respect to `x`, `filter` and `bias`. */
export function convolveGradients(
  x: HostMap,
  filter: HostMap,
  dy: HostMap,
): [x: HostMap, filter: HostMap, bias: HostMap] {
  const out = dy.shape[3]!;
  const [dx, dFilter, dBias] = [zeroMap(x.shape), zeroMap(filter.shape), zeroMap([out])];
  forEachTap(x.shape, out, (from, weight, to) => {
    dx.data[from]! += dy.data[to]! * filter.data[weight]!;
    dFilter.data[weight]! += dy.data[to]! * x.data[from]!;
  });
  dy.data.forEach((gradient, i) => {
    dBias.data[i % out]! += gradient;
  });
  return [dx, dFilter, dBias];
}

/** `max(0, x)`. */
export function rectify(x: HostMap): HostMap {
  return { shape: x.shape, data: x.data.map((value) => Math.max(0, value)) };
}

/** `dy` where `y > 0`, else 0. */
export function rectifyGradient(y: HostMap, dy: HostMap): HostMap {
  return { shape: y.shape, data: dy.data.map((gradient, i) => (y.data[i]! > 0 ? gradient : 0)) };
}

/** Max pooling of `[N, H, W, C]` by 2 × 2. */
export function pool(x: HostMap): HostMap {
  const winners = poolWinners(x);
  return { shape: winners.shape, data: winners.data.map((winner) => x.data[winner]!) };
}

/** Gradient of `pool`. */
export function poolGradient(x: HostMap, dy: HostMap): HostMap {
  const dx = zeroMap(x.shape);
  poolWinners(x).data.forEach((winner, i) => {
    dx.data[winner]! += dy.data[i]!;
  });
  return dx;
}

function poolWinners(x: HostMap): HostMap {
  const [n, h, w, c] = x.shape as [number, number, number, number];
  const winners = zeroMap([n, h / 2, w / 2, c]);
  winners.data.forEach((_, i) => {
    const [image, row] = [Math.floor(i / ((h / 2) * (w / 2) * c)), Math.floor(i / ((w / 2) * c)) % (h / 2)];
    const [column, channel] = [Math.floor(i / c) % (w / 2), i % c];
    const corner = ((image * h + 2 * row) * w + 2 * column) * c + channel;
    const window = [corner, corner + c, corner + w * c, corner + (w + 1) * c];
    winners.data[i] = window.reduce((best, place) => (x.data[place]! > x.data[best]! ? place : best));
  });
  return winners;
}

function forEachTap(
  [n, h, w, into]: readonly number[],
  out: number,
  visit: (from: number, weight: number, to: number) => void,
): void {
  const taps = Array.from({ length: 9 }, (_, i) => [Math.floor(i / 3), i % 3] as const);
  for (let pixel = 0; pixel < n! * h! * w!; pixel++) {
    const [image, row, column] = [Math.floor(pixel / (h! * w!)), Math.floor(pixel / w!) % h!, pixel % w!];
    for (const [i, j] of taps) {
      const [y, x] = [row + i - 1, column + j - 1];
      if (y < 0 || y >= h! || x < 0 || x >= w!) continue;
      for (let channels = 0; channels < into! * out; channels++) {
        const [channel, filter] = [Math.floor(channels / out), channels % out];
        visit(
          ((image * h! + y) * w! + x) * into! + channel,
          (i * 3 + j) * into! * out + channels,
          pixel * out + filter,
        );
      }
    }
  }
}

function zeroMap(shape: readonly number[]): HostMap {
  return { shape, data: new Float64Array(shape.reduce((product, side) => product * side, 1)) };
}
