import { Layer, type LayerObserver, type Module, type Parameter } from '@cnn/core';
import { keep, type Tensor } from '@tensorflow/tfjs-core';
import type { Gradients } from '../step/gradients.ts';
import { type TensorStatistics, tensorStatistics } from './tensor-statistics.ts';

/** The output of one layer in an inspected step. */
export type LayerInspection = {
  /** Path in the model, for example `conv1`; empty for the model itself. */
  readonly path: string;
  /** For example `Conv2d`. */
  readonly kind: string;
  /** Of the activations. */
  readonly output: TensorStatistics;
};

/** What went on inside one step. */
export type StepInspection = {
  /** From 1. */
  readonly step: number;
  /** In the order in which they ran; with accumulation, those of the last batch. */
  readonly layers: readonly LayerInspection[];
  /** By the parameter's name, before clipping. */
  readonly gradients: Readonly<Record<string, TensorStatistics>>;
  /** Euclidean length of all gradients as one vector, before clipping. */
  readonly gradientNorm: number;
};

/** Looks into one step: keeps what passes on the device, and reads it back when the step is done. */
export class StepInspector {
  readonly #paths: ReadonlyMap<Module, string>;
  readonly #names: ReadonlyMap<Parameter, string>;
  readonly #layers: { path: string; kind: string; output: Tensor }[] = [];
  readonly #gradients: { name: string; gradient: Tensor }[] = [];

  constructor(model: Module) {
    this.#paths = new Map([...model.namedModules()].map(([path, module]) => [module, path]));
    this.#names = new Map(model.namedParameters().map(([name, parameter]) => [parameter, name]));
  }

  /** Forgets the layers of an earlier batch of the same update. */
  beginBatch(): void {
    for (const { output } of this.#layers.splice(0)) output.dispose();
  }

  readonly observe: LayerObserver = (layer, _input, output) => {
    const kind = layer instanceof Layer ? layer.kind : layer.constructor.name;
    this.#layers.push({ path: this.#paths.get(layer) ?? '?', kind, output: keep(output.clone()) });
  };

  readonly observeGradients = (gradients: Gradients): void => {
    for (const [parameter, gradient] of gradients) {
      this.#gradients.push({ name: this.#names.get(parameter) ?? '?', gradient: keep(gradient.clone()) });
    }
  };

  /** Reads back what was kept, and frees it. */
  async read(step: number): Promise<StepInspection> {
    const layers: LayerInspection[] = [];
    for (const { path, kind, output } of this.#layers) {
      layers.push({ path, kind, output: tensorStatistics(await output.data()) }); // read-back
    }
    const gradients: Record<string, TensorStatistics> = {};
    for (const { name, gradient } of this.#gradients) gradients[name] = tensorStatistics(await gradient.data()); // read-back
    const squares = Object.values(gradients).reduce((sum, { norm }) => sum + norm * norm, 0);
    this.dispose();
    return { step, layers, gradients, gradientNorm: Math.sqrt(squares) };
  }

  dispose(): void {
    this.beginBatch();
    for (const { gradient } of this.#gradients.splice(0)) gradient.dispose();
  }
}
