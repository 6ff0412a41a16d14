import type { ModelSummary } from './model-summary.ts';

/** What stands under the table: how the parameters add up, how the image shrinks, what the columns mean. */
export function summaryFootnotes(summary: ModelSummary, width: number): string[] {
  return [parameterLine(summary, width), sizeLine(summary, width), memoryLine(summary)].filter((line) => line !== '');
}

function parameterLine({ layers, total }: ModelSummary, width: number): string {
  const terms = layers.map(({ parameters }) => parameters).filter((parameters) => parameters > 0);
  const frozen = total.parameters - total.trainableParameters;
  const note = frozen === 0 ? '' : `, ${grouped(frozen)} of them frozen`;
  const result = `${grouped(total.parameters)}${note}`;
  const sum = `Parameters  ${terms.map(grouped).join(' + ')} = ${result}`;
  return terms.length > 1 && sum.length < width ? sum : `Parameters  ${result}`;
}

/** `28→26→13`: sides of square maps, else height by width, each time they change. */
function sizeLine({ input, layers }: ModelSummary, width: number): string {
  if (input.length !== 3) return '';
  const shapes = [[1, ...input], ...layers.map(({ outputShape }) => outputShape)].filter(
    (shape) => shape?.length === 4,
  );
  const sizes = shapes.map((shape) => (shape![2] === shape![3] ? `${shape![2]}` : `${shape![2]}×${shape![3]}`));
  const changes = sizes.filter((size, i) => size !== sizes[i - 1]);
  const line = `Size        ${changes.join('→')}`;
  return changes.length > 1 && line.length < width ? line : '';
}

function memoryLine({ total }: ModelSummary): string {
  return `Memory      ${bytes(total.parameterBytes)} of parameters in float32`;
}

function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const exponent = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, count)) / 10));
  const value = count / 1024 ** exponent;
  return `${exponent === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[exponent]}`;
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}
