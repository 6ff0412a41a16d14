import type { WindowValues } from '../../session/inspection-request.ts';
import type { LayerWindowCard } from '../../session/layer-card.ts';
import { kernelSum } from './kernel-arithmetic.ts';
import { strongestCell } from './padded-map.ts';
import type { Maps } from './window-spec.ts';

/** Where there is most to see of a window. */
export interface WindowStart {
  /** The map with the greatest value. */
  readonly channel: number;
  /** Of its filter's group, the input channel that adds most where that value is. */
  readonly inputChannel: number;
  /** Where that value is. */
  readonly cell: readonly [row: number, column: number];
}

/** The filter that answers most to this image, and the input channel that it answers to. */
export function windowStart(window: LayerWindowCard, { input, output, weight, bias }: WindowValues): WindowStart {
  const maps: Maps = { values: output.values, shape: [output.shape[0]!, output.shape[1]!, output.shape[2]!] };
  const outChannels = maps.shape[2];
  const best = output.values.reduce((most, value, at) => (value > output.values[most]! ? at : most), 0);
  const channel = best % outChannels;
  const cell = strongestCell(maps, channel);
  if (!weight) return { channel, inputChannel: 0, cell };
  const [row, column] = cell;
  const whole: Maps = { values: input.values, shape: [input.shape[0]!, input.shape[1]!, input.shape[2]!] };
  const firstOfGroup = Math.floor(channel / (outChannels / window.groups)) * (whole.shape[2] / window.groups);
  const { channelSums } = kernelSum({ ...window, weight, bias, outChannels }, whole, {
    outputChannel: channel,
    inputChannel: firstOfGroup,
    row,
    column,
  });
  const loudest = (most: number, sum: number, at: number): number =>
    Math.abs(sum) > Math.abs(channelSums[most]!) ? at : most;
  return { channel, inputChannel: channelSums.reduce(loudest, 0), cell };
}
