import { type LayerOptions, type LayerSpec, planSequential, type SequentialOptions } from '@cnn/models';
import { networkExcess } from './memory-limit.ts';

/** A layer of a plan, as the page shows it. Plain numbers. */
export interface LayerFacts {
  readonly name: string;
  /** `[C, H, W]` or `[F]`. */
  readonly outputShape: readonly number[];
  readonly parameters: number;
  readonly multiplyAdds: number;
  readonly formula: string | null;
  /** What its first unit sees of the image; null where each unit sees all of it. */
  readonly field: FieldFacts | null;
  readonly window: WindowFacts | null;
}

/** See `ReceptiveField` of `@cnn/core`: rows, then columns. */
export interface FieldFacts {
  readonly size: readonly [number, number];
  readonly jump: readonly [number, number];
  readonly start: readonly [number, number];
}

/** The window of a convolution or a pooling: rows, then columns. */
interface WindowFacts {
  readonly kernelSize: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
}

/** What the page knows of a network before it is built. */
export interface NetworkPlan {
  readonly layers: readonly LayerFacts[];
  readonly total: { readonly parameters: number; readonly multiplyAdds: number };
  readonly problem: { readonly layer: number; readonly message: string } | null;
}

/** What a layer can be told. */
export interface LayerKindFacts {
  readonly name: string;
  readonly title: string;
  readonly options: LayerOptions;
}

/** Follows the shapes through a network, for the page: nothing is built, so it takes no memory whatever the sizes. */
export function planNetwork(options: SequentialOptions): NetworkPlan {
  const { layers, total, problem } = planSequential(options);
  const facts = layers.map(({ name, description, formula, field }): LayerFacts => {
    const { outputShape, parameterCount, multiplyAdds, window } = description;
    return {
      name,
      outputShape: outputShape.slice(1),
      parameters: parameterCount,
      multiplyAdds,
      formula,
      field: field && { size: field.size, jump: field.jump, start: field.start },
      window: window ? { kernelSize: window.kernelSize, stride: window.stride, dilation: window.dilation } : null,
    };
  });
  const told = problem && { layer: problem.layer, message: withoutPlace(problem.error.message, options.layers) };
  return { layers: facts, total, problem: told ?? tooLarge(facts, total.parameters) };
}

function tooLarge(layers: readonly LayerFacts[], parameters: number): NetworkPlan['problem'] {
  const excess = networkExcess(parameters);
  if (!excess) return null;
  const layer = layers.reduce((most, { parameters }, i) => (parameters > layers[most]!.parameters ? i : most), 0);
  const message = `Expected ${excess.expected}, received ${excess.received}. Pool before this layer, or give it fewer outputs.`;
  return { layer, message };
}

/** The page shows the message at the layer: `layers.3 conv2d Conv2d: …` needs no place. */
function withoutPlace(message: string, layers: readonly LayerSpec[]): string {
  const names = new Set(layers.map((layer) => (typeof layer === 'string' ? layer : layer.name)));
  const words = message.replace(/^layers(\.\d+)?:? ?/, '').split(' ');
  if (names.has(words[0]?.replace(/:$/, '') ?? '')) words.shift();
  const text = words
    .join(' ')
    .replace(/^[A-Z]\w+2?d?\.(\w+):/, '$1:')
    .replace(/^[A-Z]\w*: /, '');
  return text.replace(/^expected/, 'Expected');
}
