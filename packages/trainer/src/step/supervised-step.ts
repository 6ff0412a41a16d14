import { type Batch, type ForwardContext, type Module, withLayerPaths } from '@cnn/core';
import { dispose, keep, type Scalar, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { Loss } from '../losses/loss.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { GradientSum } from './gradient-sum.ts';
import type { GradientTransform } from './gradients.ts';
import type { StepContext, StepResult } from './step.ts';
import { valueAndGradients } from './value-and-gradients.ts';

/** Parts of a supervised step. */
export interface SupervisedStepOptions {
  /** Trained in place. */
  readonly model: Module;
  /** A loss that reduces to a scalar. */
  readonly loss: Loss;
  /** Has the model's parameters, or some of them. */
  readonly optimizer: Optimizer;
  /** Applied in order to the gradients of an update, for example `clipByNorm({ maxNorm: 1 })`. */
  readonly transforms?: readonly GradientTransform[];
}

/**
 * Forward pass, loss, gradients, update: what a PyTorch script writes as `loss = criterion(model(x), y)`,
 * `loss.backward()`, `optimizer.step()`. With accumulation the update follows the last batch of its part and moves the
 * parameters by the mean of the gradients.
 */
export function supervisedStep(options: SupervisedStepOptions): (batch: Batch, context: StepContext) => StepResult {
  const { model, loss, optimizer, transforms = [] } = options;
  const parameters = model.parameters();
  const accumulated = new GradientSum();

  return (batch, context) => {
    let logits: Tensor | undefined;
    try {
      return tidy(() => {
        const inputs = tensor(batch.inputs.data, [...batch.inputs.shape]);
        const targets = targetTensor(batch);
        context.watch.start('forward');
        const { value, gradients } = valueAndGradients(() => {
          logits = keep(withLayerPaths(model, () => model.forward(inputs, trainingContext(context))));
          const result = loss(logits, targets, batch.targets) as Scalar;
          context.watch.start('backward');
          return result;
        }, parameters);

        context.watch.start('optimizer');
        const { index, count } = context.part;
        if (index + 1 < count) {
          accumulated.add(gradients);
        } else {
          const mean = accumulated.takeMean(gradients, count);
          context.observeGradients?.(mean);
          optimizer.apply(transforms.reduce((current, transform) => transform(current), mean));
        }
        return { loss: value, logits: logits! };
      });
    } catch (error) {
      accumulated.dispose();
      if (logits) dispose(logits);
      throw error;
    }
  };
}

/** Class indices stay int32, class probabilities float32. */
function targetTensor({ targets }: Batch): Tensor {
  const dtype = targets.data instanceof Int32Array ? 'int32' : 'float32';
  return tensor(targets.data, [...targets.shape], dtype);
}

function trainingContext({ generator, observe }: StepContext): ForwardContext {
  return { training: true, generator, ...(observe ? { observe } : {}) };
}
