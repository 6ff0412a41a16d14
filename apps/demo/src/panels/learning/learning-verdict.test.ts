import { expect, test } from 'vitest';
import type { EpochPoint } from '../../session/session-event.ts';
import { epochSentence, learningVerdict } from './learning-verdict.ts';

const epoch = (number: number, train: [number, number], test: [number, number]): EpochPoint => ({
  epoch: number,
  step: number * 10,
  train: { loss: train[0], accuracy: train[1] },
  test: { loss: test[0], accuracy: test[1] },
});

test('before the first epoch it says what the test is', () => {
  expect(learningVerdict([], 10).kind).toBe('early');
});

test('train and test that go together are no overfitting, also when the test is ahead', () => {
  expect(learningVerdict([epoch(1, [1, 0.7], [0.5, 0.85])], 10).kind).toBe('together');
});

test('overfitting is named with both numbers, and with the rising test loss', () => {
  const epochs = [
    epoch(1, [0.5, 0.85], [0.4, 0.86]),
    epoch(2, [0.1, 0.97], [0.35, 0.9]),
    epoch(3, [0.01, 1], [0.6, 0.9]),
  ];
  const { kind, text } = learningVerdict(epochs, 10);
  expect(kind).toBe('overfitting');
  expect(text).toContain('100.0 % of the training images and 90.0 % of the test');
  expect(text).toContain('test loss rises');
});

test('a network that guesses is told so', () => {
  expect(learningVerdict([epoch(1, [2.3, 0.1], [2.3, 0.1]), epoch(2, [2.3, 0.1], [2.3, 0.11])], 10).kind).toBe('stuck');
});

test('an epoch is one sentence', () => {
  expect(epochSentence(epoch(2, [0.1234, 0.9], [0.2, 0.951]))).toBe(
    'Epoch 2: training loss 0.123, test accuracy 95.1 %.',
  );
});
