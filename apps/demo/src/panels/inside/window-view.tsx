import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { WindowValues } from '../../session/inspection-request.ts';
import type { LayerCard, LayerWindowCard } from '../../session/layer-card.ts';
import { slidingLayer, windowLayer, windowLayers, windowValues } from '../../state/inside-store.ts';
import { restartWindow, windowCell, windowChannel, windowInput, windowPlays } from '../../state/window-store.ts';
import { ChannelField } from './channel-field.tsx';
import { kernelSum } from './kernel-arithmetic.ts';
import { layerLesson } from './layer-lesson.ts';
import { cellAfter, cellNear, paddedMap, strongestCell, windowMiddles } from './padded-map.ts';
import { poolResult } from './pool-arithmetic.ts';
import { type Maps, windowPixels } from './window-spec.ts';
import { WindowStage } from './window-stage.tsx';
import { KernelSums, PoolSums } from './window-sums.tsx';

/** How long the window rests on a cell when it plays. */
const REST_MS = 350;

const NO_PADDING = { paddingBegin: [0, 0], paddingEnd: [0, 0] } as const;

/** A window that slides over a layer's input, with the arithmetic of the cell that it makes. */
export function WindowView(): JSX.Element {
  const card = slidingLayer.value;
  const values = windowValues.value;
  const isReady = card?.window && values?.call === card.call;
  return (
    <div class="window-view">
      {card ? (
        <>
          <WindowControls card={card} />
          <p class="hint">{layerLesson(card)}</p>
          {isReady && <Sliding window={card.window!} values={values} />}
        </>
      ) : (
        <p>This network has neither a convolution nor a pooling: nothing slides.</p>
      )}
    </div>
  );
}

function WindowControls({ card }: { readonly card: LayerCard }): JSX.Element {
  const isKernel = card.window?.kind === 'convolution';
  const inputs = isKernel ? card.inputShape[0]! / card.window!.groups : 1;
  return (
    <div class="row">
      <label class="field">
        Layer
        <select
          value={card.call}
          onChange={({ currentTarget }) => {
            windowLayer.value = Number(currentTarget.value);
            restartWindow();
          }}
        >
          {windowLayers.value.map(({ call, path, kind }) => (
            <option key={call} value={call}>
              {path || kind} ({kind})
            </option>
          ))}
        </select>
      </label>
      <ChannelField label={isKernel ? 'Filter' : 'Map'} count={card.outputShape[0]!} chosen={windowChannel} />
      {inputs > 1 && <ChannelField label="Input channel" count={inputs} chosen={windowInput} />}
      <button
        type="button"
        aria-pressed={windowPlays.value}
        onClick={() => {
          windowPlays.value = !windowPlays.value;
        }}
      >
        {windowPlays.value ? 'Hold' : 'Slide'}
      </button>
    </div>
  );
}

function Sliding({ window, values }: { readonly window: LayerWindowCard; readonly values: WindowValues }): JSX.Element {
  const input: Maps = mapsOf(values.input);
  const output: Maps = mapsOf(values.output);
  const cells = [output.shape[0], output.shape[1]] as const;
  const channel = Math.min(windowChannel.value ?? 0, output.shape[2] - 1);
  const [row, column] = windowCell.value ?? strongestCell(output, channel);
  const cell = [Math.min(row, cells[0] - 1), Math.min(column, cells[1] - 1)] as const;
  const perGroup = input.shape[2] / window.groups;
  const firstInput = Math.floor(channel / (output.shape[2] / window.groups)) * perGroup;
  const inputChannel =
    window.kind === 'convolution' ? firstInput + Math.min(windowInput.value ?? 0, perGroup - 1) : channel;

  const inputMap = paddedMap(input, inputChannel, window);
  const outputMap = paddedMap(output, channel, NO_PADDING);
  const inMap = output.values[(cell[0] * cells[1] + cell[1]) * output.shape[2] + channel]!;
  const pixels = windowPixels(window, input.shape, cell);
  const [top, left] = inputMap.offset;
  const pooled =
    window.kind === 'convolution'
      ? null
      : poolResult({ ...window, kind: window.kind }, input, { channel, row: cell[0], column: cell[1] });

  useEffect(() => {
    if (!windowPlays.value) return undefined;
    const timer = setInterval(() => {
      windowCell.value = cellAfter(windowCell.value ?? cell, cells);
    }, REST_MS);
    return () => clearInterval(timer);
  }, [windowPlays.value, cells[0], cells[1]]);

  const move = (next: readonly [number, number]): void => {
    windowCell.value = next;
  };
  const place = `row ${cell[0]}, column ${cell[1]}`;
  return (
    <>
      <div class="stages">
        <WindowStage
          title={`Input${window.kind === 'convolution' ? `, channel ${inputChannel}` : `, map ${channel}`}: ${input.shape[0]}×${input.shape[1]}, stride ${window.stride.join('×')}, padding ${window.paddingBegin.join('×')}`}
          label={`Window over the input, at output ${place}; arrow keys move it`}
          picture={inputMap.picture}
          outlines={pixels.map((pixel, index) => ({
            x: pixel.column + left,
            y: pixel.row + top,
            width: 1,
            height: 1,
            class: index === pooled?.winner ? 'winner' : 'covered',
          }))}
          middles={windowMiddles(window, cells)}
          cell={cell}
          cells={cells}
          cellAt={(at) => cellNear(at, window, cells)}
          onMove={move}
        />
        <WindowStage
          title={`Output, map ${channel}: ${cells[0]}×${cells[1]}, ${place}`}
          label={`Output cell, ${place}; arrow keys move it`}
          picture={outputMap.picture}
          outlines={[{ x: cell[1], y: cell[0], width: 1, height: 1, class: 'made' }]}
          cell={cell}
          cells={cells}
          cellAt={([y, x]) => [clamped(y, cells[0]), clamped(x, cells[1])]}
          onMove={move}
        />
      </div>
      {pooled ? (
        <PoolSums result={pooled} columns={window.kernelSize[1]} inMap={inMap} />
      ) : (
        <KernelSums
          sum={kernelSum(
            { ...window, weight: values.weight!, bias: values.bias, outChannels: output.shape[2] },
            input,
            { outputChannel: channel, inputChannel, row: cell[0], column: cell[1] },
          )}
          columns={window.kernelSize[1]}
          inputChannel={inputChannel}
          inputReach={inputMap.reach}
          inMap={inMap}
        />
      )}
    </>
  );
}

function mapsOf({ values, shape }: WindowValues['input']): Maps {
  return { values, shape: [shape[0]!, shape[1]!, shape[2]!] };
}

function clamped(place: number, size: number): number {
  return Math.min(size - 1, Math.max(0, Math.floor(place)));
}
