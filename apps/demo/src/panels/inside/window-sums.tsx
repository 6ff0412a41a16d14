import type { JSX } from 'preact';
import type { KernelSum } from './kernel-arithmetic.ts';
import { NumberGrid } from './number-grid.tsx';
import type { PoolResult } from './pool-arithmetic.ts';

/** A number as it is written in a sum. */
function written(value: number): string {
  return value.toFixed(4).replace('-', '−');
}

/** The arithmetic of a kernel at one place: pixels times weights, summed, and the bias. */
export function KernelSums(props: {
  readonly sum: KernelSum;
  readonly columns: number;
  readonly inputChannel: number;
  /** The greatest magnitude in the whole input map: what has the full colour. */
  readonly inputReach: number;
  /** The value in the network's feature map. */
  readonly inMap: number;
}): JSX.Element {
  const { sum, columns, inputChannel, inputReach, inMap } = props;
  const weights = sum.products.map(({ weight }) => weight);
  const weightReach = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-6);
  const padding = new Map(
    sum.products.flatMap(({ pixel }, index) => (pixel.inside ? [] : [[index, 'padding'] as const])),
  );
  const own = sum.channelSums[inputChannel - sum.firstChannel] ?? 0;
  const others = sum.channelSums.length - 1;
  const rest = sum.output - own - sum.bias;
  return (
    <div class="sums">
      <div class="sum-grids">
        <NumberGrid
          title="Input"
          columns={columns}
          values={sum.products.map(({ value }) => value)}
          reach={inputReach}
          marks={padding}
        />
        <b aria-hidden="true">×</b>
        <NumberGrid title="Weights" columns={columns} values={weights} reach={weightReach} />
        <b aria-hidden="true">=</b>
        <NumberGrid
          title="Products"
          columns={columns}
          values={sum.products.map(({ product }) => product)}
          reach={inputReach * weightReach}
        />
      </div>
      <p class="sum-line" data-output={sum.output} data-map={inMap}>
        <span>
          {written(own)} <small>{others > 0 ? `sum for channel ${inputChannel}` : 'sum of the products'}</small>
        </span>
        {others > 0 && (
          <span>
            + {written(rest)} <small>the {others === 1 ? 'other channel' : `other ${others} channels`}</small>
          </span>
        )}
        <span>
          + {written(sum.bias)} <small>bias</small>
        </span>
        <span>
          = <b>{written(sum.output)}</b> <small>in the feature map: {written(inMap)}</small>
        </span>
      </p>
    </div>
  );
}

/** The arithmetic of a pooling at one place: which value wins, or the mean. */
export function PoolSums(props: {
  readonly result: PoolResult;
  readonly columns: number;
  readonly inMap: number;
}): JSX.Element {
  const { result, columns, inMap } = props;
  const marks = new Map(
    result.values.map(({ pixel }, index) => [
      index,
      index === result.winner ? 'winner' : pixel.inside ? '' : 'padding',
    ]),
  );
  return (
    <div class="sums">
      <div class="sum-grids">
        <NumberGrid title="Input" columns={columns} values={result.values.map(({ value }) => value)} marks={marks} />
      </div>
      <p class="sum-line" data-output={result.output} data-map={inMap}>
        <span>
          {result.winner === null ? `sum ÷ ${result.divisor} = ` : 'the greatest wins: '}
          <b>{written(result.output)}</b> <small>in the feature map: {written(inMap)}</small>
        </span>
      </p>
    </div>
  );
}
