import { type Batch, EVALUATION, Layer, type Module, type Parameter, ReLU, torchShape } from '@cnn/core';
import { crossEntropyLoss, valueAndGradients } from '@cnn/trainer';
import { dispose, keep, type Scalar, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { activityOf } from './unit-activity.ts';

/** How one call of a layer behaves over a batch. Plain data. */
export interface LayerStatistics {
  /** Position among the calls, from 0. */
  readonly call: number;
  readonly path: string;
  readonly kind: string;
  /** Of its outputs. */
  readonly mean: number;
  readonly deviation: number;
  /** Share of outputs that are exactly 0. */
  readonly zeros: number;
  /** Channels, or units of a layer without a place. */
  readonly units: number;
  /** Of a ReLU: units that are 0 for every image of the batch, everywhere. Null of other layers. */
  readonly dead: number | null;
  /** Euclidean length of the loss's gradient by the layer's own weights; null where it has none, or they are frozen. */
  readonly gradientNorm: number | null;
  /** Of the weights themselves. */
  readonly weightNorm: number | null;
}

/**
 * Statistics of every layer for one batch: a forward and a backward pass in evaluation mode, that change nothing.
 * Gradients are those of the mean cross-entropy.
 */
export async function layerStatistics(model: Module, batch: Batch): Promise<LayerStatistics[]> {
  const calls: { module: Module; output: Tensor }[] = [];
  const observe = (module: Module, _: Tensor, output: Tensor): void => {
    calls.push({ module, output: keep(output.clone()) });
  };
  const gradients = gradientsOf(model, batch, observe);
  const paths = new Map([...model.namedModules()].map(([path, module]) => [module, path]));
  const seen = new Set<Module>();
  const statistics: LayerStatistics[] = [];
  try {
    for (const [call, { module, output }] of calls.entries()) {
      const own = seen.has(module) ? [] : module.parameters(); // of a layer that is called twice, the weights count once
      seen.add(module);
      const shape = torchShape(output.shape);
      const { dead, ...activity } = activityOf(await output.data<'float32'>(), shape[1] ?? 1); // read-back
      const moved = own.map((parameter) => gradients.get(parameter)).filter((gradient) => gradient !== undefined);
      statistics.push({
        call,
        path: paths.get(module) ?? '',
        kind: module instanceof Layer ? module.kind : module.constructor.name,
        ...activity,
        units: shape[1] ?? 1,
        dead: module instanceof ReLU ? dead : null,
        gradientNorm: moved.length > 0 ? await normOf(moved) : null,
        weightNorm: own.length > 0 ? await normOf(own.map(({ variable }) => variable)) : null,
      });
    }
    return statistics;
  } finally {
    dispose([...calls.map(({ output }) => output), ...gradients.values()]);
  }
}

function gradientsOf(
  model: Module,
  { inputs, targets }: Batch,
  observe: (module: Module, input: Tensor, output: Tensor) => void,
): Map<Parameter, Tensor> {
  const kept = new Map<Parameter, Tensor>();
  tidy(() => {
    const images = tensor(inputs.data, [...inputs.shape]);
    const labels = tensor(targets.data, [...targets.shape], targets.data instanceof Int32Array ? 'int32' : 'float32');
    const forward = (): Scalar => {
      const logits = model.forward(images, { ...EVALUATION, observe });
      return crossEntropyLoss()(logits, labels, targets) as Scalar;
    };
    const parameters = model.parameters();
    if (!parameters.some(({ trainable }) => trainable)) {
      forward();
      return;
    }
    for (const [parameter, gradient] of valueAndGradients(forward, parameters).gradients) {
      kept.set(parameter, keep(gradient));
    }
  });
  return kept;
}

/** Length of several tensors as one vector. */
async function normOf(tensors: readonly Tensor[]): Promise<number> {
  let squares = 0;
  for (const tensor of tensors) for (const value of await tensor.data<'float32'>()) squares += value * value; // read-back
  return Math.sqrt(squares);
}
