import {
  CnnError,
  IMAGE_PIXEL,
  type Layer,
  type LayerDescription,
  nearestName,
  type ReceptiveField,
  receptiveFieldAfter,
  withMetaDevice,
} from '@cnn/core';
import { sizeFormula } from '../summary/size-formula.ts';
import type { InputShape } from '../zoo/model-entry.ts';
import { LAYER_KINDS } from './layer-kinds.ts';
import { LayerOptionReader } from './layer-option.ts';
import { type LayerSpec, namedLayerSpec } from './layer-spec.ts';

/** Layers one after the other, and what goes in. */
export interface SequentialOptions {
  /** Shape of one image, `[C, H, W]`. */
  readonly input: InputShape;
  /** From the first on; each takes what the one before it gives. */
  readonly layers: readonly LayerSpec[];
  /** Outputs that the last layer must have; any when absent. */
  readonly classes?: number;
}

/** A layer of a plan. */
export interface PlannedLayer {
  /** As in the spec: `conv2d`. */
  readonly name: string;
  /** For one image, N = 1. */
  readonly description: LayerDescription;
  /** How the size of its output comes about, with its numbers; null where it is the size of the input. */
  readonly formula: string | null;
  /** What its first unit sees of the image, and how far its neighbours are apart; null where each sees all of it. */
  readonly field: ReceptiveField | null;
}

/** What `planSequential` finds out. */
export interface SequentialPlan {
  /** The legal layers from the first on. */
  readonly layers: readonly PlannedLayer[];
  /** Of those. */
  readonly total: {
    /** Elements of all parameters. */
    readonly parameters: number;
    /** Pairs of one multiplication and one addition, for one image. */
    readonly multiplyAdds: number;
  };
  /** The first layer that is not legal, and why. */
  readonly problem: {
    /** Its index in the spec. */
    readonly layer: number;
    /** What was expected there, and what to change. */
    readonly error: CnnError;
  } | null;
}

/**
 * Follows the shapes through layers without building them: no weight is drawn, no memory taken, no backend needed. What
 * is wrong is told, not thrown, with the layer's index, the formula with its numbers and the remedy.
 */
export function planSequential({ input, layers, classes }: SequentialOptions): SequentialPlan {
  const planned: PlannedLayer[] = [];
  let problem: SequentialPlan['problem'] = null;
  let shape: readonly number[] = [1, ...input];
  let field: ReceptiveField | null = IMAGE_PIXEL;
  for (const [i, spec] of layers.entries()) {
    try {
      const { name } = namedLayerSpec(spec, `layers.${i}`);
      const description = withMetaDevice(() => createLayer(spec, { index: i, inputShape: shape }).describe(shape));
      field = field && fieldAfter(field, description);
      planned.push({ name, description, formula: sizeFormula(description), field });
      shape = description.outputShape;
    } catch (error) {
      if (!(error instanceof CnnError)) throw error;
      problem = { layer: i, error: located(error, spec, i) };
      break;
    }
  }
  return {
    layers: planned,
    total: {
      parameters: planned.reduce((sum, { description }) => sum + description.parameterCount, 0),
      multiplyAdds: planned.reduce((sum, { description }) => sum + description.multiplyAdds, 0),
    },
    problem: problem ?? problemOfOutput(layers, shape, classes),
  };
}

/** Builds one layer. @throws CnnError `invalid-argument`, `invalid-shape`. */
export function createLayer(
  spec: LayerSpec,
  { index, inputShape }: { index: number; inputShape: readonly number[] },
): Layer {
  const { name, ...options } = namedLayerSpec(spec, `layers.${index}`);
  const kind = Object.hasOwn(LAYER_KINDS, name) ? LAYER_KINDS[name] : undefined;
  if (!kind) {
    const names = Object.keys(LAYER_KINDS);
    throw new CnnError('invalid-argument', {
      where: `layers.${index}`,
      expected: `a layer (${names.join(', ')})`,
      received: `'${name}'`,
      remedy: `Write ${nearestName(name, names)}`,
    });
  }
  checkRank(name, kind.takes, inputShape);
  return kind.create(new LayerOptionReader(name, kind.options, options), inputShape);
}

function checkRank(name: string, takes: 'images' | 'features' | 'both', inputShape: readonly number[]): void {
  const rank = takes === 'images' ? 4 : 2;
  if (takes === 'both' || inputShape.length === rank) return;
  const [, ...sides] = inputShape;
  const features = sides.reduce((product, side) => product * side, 1);
  throw new CnnError('invalid-shape', {
    where: name,
    expected: takes === 'images' ? 'images [N, C, H, W]' : 'features [N, F]',
    received: takes === 'images' ? `features [N, ${sides.join(', ')}]` : `images [N, ${sides.join(', ')}]`,
    remedy:
      takes === 'images'
        ? 'Put it before flatten'
        : `Put a flatten before it (${sides.join('·')} = ${features} features)`,
  });
}

/** Outputs without a place in the image see all of it. */
function fieldAfter(
  field: ReceptiveField,
  { window, inputShape, outputShape }: LayerDescription,
): ReceptiveField | null {
  if (window) return receptiveFieldAfter(field, window);
  return String(inputShape.slice(2)) === String(outputShape.slice(2)) && outputShape.length === 4 ? field : null;
}

function problemOfOutput(
  layers: readonly LayerSpec[],
  shape: readonly number[],
  classes: number | undefined,
): SequentialPlan['problem'] {
  if (layers.length === 0) {
    const parts = { where: 'layers', expected: 'at least one layer', received: 'none', remedy: 'Add a layer' };
    return { layer: 0, error: new CnnError('invalid-argument', parts) };
  }
  if (classes === undefined || (shape.length === 2 && shape[1] === classes)) return null;
  const last = layers.length - 1;
  const isLinear = namedLayerSpec(layers[last], `layers.${last}`).name === 'linear';
  const error = new CnnError('invalid-shape', {
    where: `layers.${last}`,
    expected: `the last layer to give [N, ${classes}], one number for each class`,
    received: `[N, ${shape.slice(1).join(', ')}]`,
    remedy: isLinear
      ? `Set its outFeatures to ${classes}`
      : `End with ${shape.length === 4 ? 'flatten and ' : ''}{ name: linear, outFeatures: ${classes} }`,
  });
  return { layer: last, error };
}

/** The error with the layer's place before what it says. */
function located(error: CnnError, spec: LayerSpec, index: number): CnnError {
  if (error.message.startsWith('layers.')) return error;
  const name = typeof spec === 'string' ? spec : spec.name;
  const rest = error.message.startsWith(name) ? error.message : `${name} ${error.message}`;
  return new CnnError(error.code, `layers.${index} ${rest}`, { cause: error });
}
