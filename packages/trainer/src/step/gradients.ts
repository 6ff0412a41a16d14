import type { Parameter } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** The gradient of a loss with respect to each parameter it depends on, in the layout of the parameter's variable. */
export type Gradients = ReadonlyMap<Parameter, Tensor>;

/** Makes other gradients from gradients, before an optimizer sees them. Called within `tf.tidy`. */
export type GradientTransform = (gradients: Gradients) => Gradients;
