import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { LayerFacts } from '../../session/network-plan.ts';
import { dataFacts, exampleImage } from '../../state/data-facts-store.ts';
import { theme } from '../../state/theme-store.ts';
import { paintSeenRegion } from './paint-seen-region.ts';
import { fieldFormula, middleUnit, regionOf } from './seen-region.ts';

/** Layer and unit that are looked at; null for the last layer with maps, and its middle. */
const chosenLayer = signal<number | null>(null);
const chosenUnit = signal<readonly [row: number, column: number] | null>(null);

/** What one unit sees of the image. */
export function SeenRegionView({ layers }: { layers: readonly LayerFacts[] }): JSX.Element | null {
  const canvas = useRef<HTMLCanvasElement>(null);
  const withMaps = layers.flatMap((layer, index) => (layer.field && layer.window ? [{ layer, index }] : []));
  const entry = withMaps.find(({ index }) => index === chosenLayer.value) ?? withMaps.at(-1);
  const { input } = dataFacts.value;
  const layer = entry?.layer;
  const [rows, columns] = [layer?.outputShape[1] ?? 1, layer?.outputShape[2] ?? 1];
  const wanted = chosenUnit.value ?? (layer ? middleUnit(layer) : [0, 0]);
  const unit = [Math.min(wanted[0], rows - 1), Math.min(wanted[1], columns - 1)] as const;
  const region = layer?.field ? regionOf(layer.field, unit) : null;
  const image = exampleImage.value;
  void theme.value; // other colours

  // Whatever it shows is known when it is rendered: painted each time, on the canvas that is there then.
  useEffect(() => {
    if (canvas.current && region) paintSeenRegion(canvas.current, { image, input, region });
  });
  const field = layer?.field;
  if (!entry || !field || !region) return null;
  const slider = (label: string, side: 0 | 1, count: number): JSX.Element => (
    <label class="field">
      <span>
        {label} {unit[side]} of 0 to {count - 1}
      </span>
      <input
        type="range"
        min={0}
        max={count - 1}
        value={unit[side]}
        disabled={count === 1}
        onInput={(event) => {
          const value = Number(event.currentTarget.value);
          chosenUnit.value = side === 0 ? [value, unit[1]] : [unit[0], value];
        }}
      />
    </label>
  );
  return (
    <div class="unit-view">
      <h3>What one unit sees</h3>
      <canvas
        ref={canvas}
        width={232}
        height={232}
        role="img"
        aria-label={`The image with the part that the unit sees: rows ${text(region.rows)}, columns ${text(region.columns)}`}
      />
      <div class="unit-text">
        <label class="field">
          <span>Behind layer</span>
          <select
            value={entry.index}
            onChange={(event) => {
              chosenLayer.value = Number(event.currentTarget.value);
              chosenUnit.value = null;
            }}
          >
            {withMaps.map(({ layer: { name, outputShape }, index }) => (
              <option key={index} value={index}>
                {index + 1}: {name}, {outputShape.join(' × ')}
              </option>
            ))}
          </select>
        </label>
        {slider('Row', 0, rows)}
        {slider('Column', 1, columns)}
        <p class="hint">
          The receptive field: <code>r + (k − 1)·d·j</code>, here <code>{fieldFormula(layers, entry.index)}</code>
          {' pixels; neighbours look '}
          {field.jump[1] === 1 ? '1 pixel' : `${field.jump[1]} pixels`} further on. Rows {text(region.rows)}, columns{' '}
          {text(region.columns)}
          {outside(region.rows, input[1]) || outside(region.columns, input[2]) ? ', padding included' : ''}.
        </p>
      </div>
    </div>
  );
}

function text([begin, end]: readonly [number, number]): string {
  return `${Math.ceil(begin)} to ${Math.floor(end) - 1}`;
}

function outside([begin, end]: readonly [number, number], size: number): boolean {
  return begin < 0 || end > size;
}
