// A step with two optimizers: a discriminator learns to tell real points from made ones, a generator to deceive it.
// The loop does not know: it is given one model that holds both networks, and both optimizers by name.
import { EVALUATION, type ForwardContext, type Generator, Linear, Module, relu } from '@cnn/core';
import { Adam, bceWithLogitsLoss, type FitOptions, type Optimizer, type Step, valueAndGradients } from '@cnn/trainer';
import { add, fill, type Scalar, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';

class Network extends Module {
  hidden: Linear;
  output: Linear;

  constructor(inputs: number, outputs: number) {
    super();
    this.hidden = new Linear(inputs, 16);
    this.output = new Linear(16, outputs);
  }

  forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    return this.output.forward(relu(this.hidden.forward(x, context)), context);
  }
}

/** Both networks, so that one checkpoint holds both. */
export class Gan extends Module {
  generator: Network = new Network(2, 2);
  discriminator: Network = new Network(2, 1);

  /** Makes points from noise `[N, 2]`. */
  forward(noise: Tensor, context: ForwardContext = EVALUATION): Tensor {
    return this.generator.forward(noise, context);
  }
}

const binary = bceWithLogitsLoss();

/** What `fit` needs to train it, besides data. */
export function ganTraining(gan: Gan): Pick<FitOptions, 'model' | 'optimizer' | 'step'> {
  const optimizer = {
    discriminator: new Adam(gan.discriminator.parameters(), { lr: 0.01, betas: [0.5, 0.999] }),
    generator: new Adam(gan.generator.parameters(), { lr: 0.01, betas: [0.5, 0.999] }),
  };
  return { model: gan, optimizer, step: ganStep(gan, optimizer) };
}

function ganStep(gan: Gan, optimizers: { discriminator: Optimizer; generator: Optimizer }): Step {
  return ({ inputs, size }, { generator, watch }) =>
    tidy(() => {
      const context: ForwardContext = { training: true, generator };
      const real = tensor(inputs.data, [...inputs.shape]);
      const noise = noiseTensor(generator, size);
      const [yes, no] = [fill([size, 1], 1), fill([size, 1], 0)];
      const judge = (points: Tensor): Tensor => gan.discriminator.forward(points, context);

      watch.start('forward');
      const made = gan.generator.forward(noise, context);
      const discriminator = valueAndGradients(
        () => add(binary(judge(real), yes), binary(judge(made), no)) as Scalar,
        gan.discriminator.parameters(),
      );
      optimizers.discriminator.apply(discriminator.gradients);

      const deceiver = valueAndGradients(
        () => binary(judge(gan.generator.forward(noise, context)), yes) as Scalar,
        gan.generator.parameters(),
      );
      optimizers.generator.apply(deceiver.gradients);
      return add(discriminator.value, deceiver.value) as Scalar;
    });
}

function noiseTensor(generator: Generator, size: number): Tensor {
  return tensor(generator.uniform(size * 2, -1, 1), [size, 2]);
}
