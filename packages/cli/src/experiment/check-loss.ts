import { CnnError, EVALUATION, type ImageShape, type Module } from '@cnn/core';
import { exp, sum, tidy, zeros } from '@tensorflow/tfjs-core';
import type { Config } from '../config/config.ts';

/** How far from 1 the probabilities of an image may add up: float32, a thousand classes. */
const TOLERANCE = 1e-3;

/**
 * Checks by one black image that a model gives what the loss of a config takes, and as many of it as there are weights.
 *
 * @throws CnnError `invalid-config` where `nll` would be given anything but log-probabilities: the loss would fall for
 * ever and mean nothing; `invalid-argument` for a list of weights that is no class's.
 */
export async function checkLoss(
  { loss, model: { name } }: Config,
  model: Module,
  { sampleShape, classCount }: { sampleShape: ImageShape; classCount: number },
): Promise<void> {
  for (const key of ['weight', 'posWeight']) {
    const weights = loss[key];
    if (Array.isArray(weights) && weights.length !== classCount) throw wrongCount(key, weights.length, classCount);
  }
  if (loss.name !== 'nll') return;
  const total = tidy(() => sum(exp(model.forward(zeros([1, ...sampleShape]), EVALUATION))));
  const [probability = Number.NaN] = await total.data(); // read back, once before the first batch
  total.dispose();
  if (Math.abs(probability - 1) < TOLERANCE) return;
  throw new CnnError('invalid-config', {
    where: 'loss.name',
    expected: 'a loss that takes what the model gives',
    received: `nll, which takes log-probabilities, and ${name}, which does not end in a LogSoftmax`,
    remedy: 'Write cross-entropy: it is nll behind a LogSoftmax; or end the model with one',
  });
}

function wrongCount(key: string, received: number, classCount: number): CnnError {
  return new CnnError('invalid-config', {
    where: `loss.${key}`,
    expected: `${classCount} numbers, one for each class`,
    received: String(received),
    remedy: 'Give each class a weight, in the order of the classes',
  });
}
