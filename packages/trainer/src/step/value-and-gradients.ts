import { CnnError, type Parameter } from '@cnn/core';
import { type Scalar, type Variable, variableGrads } from '@tensorflow/tfjs-core';
import type { Gradients } from './gradients.ts';
import { releaseTape } from './release-tape.ts';

/** What `valueAndGradients` found. */
export interface ValueAndGradients {
  /** Float32 `[]`. */
  readonly value: Scalar;
  /** Of the trainable parameters that the value depends on. */
  readonly gradients: Gradients;
}

/**
 * The value of `loss` and its gradient with respect to the trainable ones of `parameters`. Parameters that the loss does
 * not depend on have no entry. Call it within `tf.tidy`, or dispose the value and every gradient.
 *
 * @throws CnnError `invalid-argument` when none of the parameters is trainable.
 */
export function valueAndGradients(loss: () => Scalar, parameters: readonly Parameter[]): ValueAndGradients {
  const trainable = parameters.filter((parameter) => parameter.trainable);
  if (trainable.length === 0) {
    throw new CnnError('invalid-argument', {
      where: 'valueAndGradients',
      expected: 'at least one trainable parameter',
      received: `${parameters.length} parameters, all frozen`,
      remedy: 'Unfreeze what is to be trained',
    });
  }
  const variables: Variable[] = trainable.map((parameter) => parameter.variable);
  const { value, grads } = differentiate(loss, variables);
  const gradients = new Map(
    trainable.flatMap((parameter) => {
      const gradient = grads[parameter.variable.name];
      return gradient ? [[parameter, gradient] as const] : [];
    }),
  );
  return { value, gradients };
}

function differentiate(loss: () => Scalar, variables: Variable[]): ReturnType<typeof variableGrads> {
  try {
    return variableGrads(loss, variables);
  } catch (error) {
    releaseTape();
    throw error;
  }
}
