import type { LayerStatistics } from '../../session/layer-statistics.ts';

/** What the statistics of a network say, in a sentence. */
export interface StatisticsReading {
  readonly tone: 'good' | 'bad';
  readonly text: string;
}

/** Gradients beyond this, or none at all, are no accident. */
const EXPLODING = 100;
const VANISHED = 1e-7;
/** The first layer's gradient against the last's, each by the length of its weights: below this little arrives. */
const VANISHING = 1e-3;
/** Share of a layer's units whose death is worth a word. */
const DYING = 0.5;

/** Reads the statistics: exploding or vanishing gradients, dead ReLUs, or nothing to worry about. */
export function statisticsReading(layers: readonly LayerStatistics[]): StatisticsReading {
  const moved = layers.filter((layer): layer is Weighted => layer.gradientNorm !== null && layer.weightNorm !== null);
  const [first, last] = [moved[0], moved.at(-1)];
  if (!first || !last)
    return { tone: 'good', text: 'No layer has weights that train: there are no gradients to look at.' };
  const name = ({ path, kind }: LayerStatistics): string => path || kind;

  const wild = moved.find(({ gradientNorm }) => !(gradientNorm <= EXPLODING));
  if (wild) {
    const { gradientNorm } = wild;
    return bad(
      `Gradients explode: that of ${name(wild)} is ${readable(gradientNorm)}. The learning rate is too large; reset, and try a tenth of it.`,
    );
  }
  if (moved.every(({ gradientNorm }) => gradientNorm < VANISHED)) {
    return bad(
      'All gradients have vanished: nothing moves any more. Either everything is learnt by heart, or all units are dead.',
    );
  }
  const dying = layers.filter(({ dead, units }) => dead !== null && dead / units >= DYING);
  if (dying.length > 0) {
    const [worst] = dying.toSorted((a, b) => b.dead! / b.units - a.dead! / a.units);
    return bad(
      `Dead ReLUs: ${worst!.dead} of ${worst!.units} units of ${name(worst!)} are 0 for every image, so no gradient passes them. A smaller learning rate, or a leaky activation, keeps units alive.`,
    );
  }
  const ratio = relative(first) / relative(last);
  if (moved.length > 1 && ratio < VANISHING) {
    return bad(
      `Gradients vanish on their way back: of its weights’ length, ${name(first)} gets ${readable(1 / ratio)} times less than ${name(last)}. Fewer layers, ReLU or batch norm help.`,
    );
  }
  const dead = layers.reduce((sum, layer) => sum + (layer.dead ?? 0), 0);
  const units =
    dead === 0 ? 'every unit is active for some image' : `${dead} ${dead === 1 ? 'unit is' : 'units are'} never active`;
  const reached = first === last ? `reach ${name(first)}` : `reach from ${name(last)} back to ${name(first)}`;
  return { tone: 'good', text: `Healthy: gradients ${reached}, and ${units}.` };
}

type Weighted = LayerStatistics & { readonly gradientNorm: number; readonly weightNorm: number };

function relative({ gradientNorm, weightNorm }: Weighted): number {
  return gradientNorm / Math.max(weightNorm, 1e-12);
}

function bad(text: string): StatisticsReading {
  return { tone: 'bad', text };
}

/** Three significant digits, whatever the size. */
export function readable(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'no number' : 'infinite';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(1).replace('e', '·10^').replace('+', '');
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 });
}
