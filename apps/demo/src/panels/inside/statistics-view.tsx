import type { JSX } from 'preact';
import type { LayerStatistics } from '../../session/layer-statistics.ts';
import { statistics } from '../../state/statistics-store.ts';
import { Sparkline } from './sparkline.tsx';
import { readable, statisticsReading } from './statistics-reading.ts';

/** How each layer is, and was: activity, dead units, gradients and weights. */
export function StatisticsView(): JSX.Element {
  const latest = statistics.value.at(-1);
  if (!latest) return <p aria-busy="true">Measuring the layers…</p>;
  const { tone, text } = statisticsReading(latest.layers);
  return (
    <div class="statistics">
      <p class={`statistics-reading ${tone}`} role="status">
        {text}
      </p>
      <p class="hint">
        After step {latest.step}, over the same {latest.images} test images each time. A unit is dead when none of them
        makes it active; a gradient’s length says how much the layer is told to change.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled sideways by keyboard. */}
      <section class="table-scroll" aria-label="Statistics of the layers" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col" class="narrow-only">
                Activity
              </th>
              {['Mean', 'Deviation', 'Zeros', 'Dead'].map((title) => (
                <th key={title} scope="col" class="wide-only">
                  {title}
                </th>
              ))}
              <th scope="col">Gradient</th>
              <th scope="col">Weights</th>
            </tr>
          </thead>
          <tbody>
            {latest.layers.map((layer) => (
              <StatisticsRow key={layer.call} layer={layer} />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function StatisticsRow({ layer }: { readonly layer: LayerStatistics }): JSX.Element {
  const { path, kind, mean, deviation, zeros, dead, units, gradientNorm, weightNorm, call } = layer;
  const title = path || kind;
  const share = `${(100 * zeros).toFixed(0)} %`;
  const deadUnits = `${dead} of ${units.toLocaleString('en')}`;
  const tone = dead ? 'bad' : '';
  const series = (of: 'gradientNorm' | 'weightNorm'): number[] =>
    statistics.value.map(({ layers }) => layers[call]?.[of] ?? Number.NaN);
  return (
    <tr>
      <th scope="row">
        {title} <small>{kind}</small>
      </th>
      <td class="narrow-only">
        <span>
          {readable(mean)} ± {readable(deviation)}
        </span>
        <span>{share} zeros</span>
        {dead !== null && <span class={tone}>{deadUnits} dead</span>}
      </td>
      <td class="wide-only">{readable(mean)}</td>
      <td class="wide-only">{readable(deviation)}</td>
      <td class="wide-only">{share}</td>
      <td class={`wide-only ${tone}`}>{dead !== null && deadUnits}</td>
      <td>
        {gradientNorm !== null && (
          <>
            {readable(gradientNorm)}
            <Sparkline values={series('gradientNorm')} label={`Gradient of ${title} over time`} logarithmic />
          </>
        )}
      </td>
      <td>
        {weightNorm !== null && (
          <>
            {readable(weightNorm)}
            <Sparkline values={series('weightNorm')} label={`Weights of ${title} over time`} />
          </>
        )}
      </td>
    </tr>
  );
}
