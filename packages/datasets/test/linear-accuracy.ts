import type { MemoryDataset } from '../src/memory/memory-dataset.ts';

/** Part of the test images that softmax regression, trained by plain gradient descent, gets right. */
export function linearAccuracy(train: MemoryDataset, test: MemoryDataset, options: { epochs: number }): number {
  const classes = train.classNames.length;
  const size = train.pixels.length / train.length;
  const weights = new Float32Array(classes * (size + 1));
  const scores = new Float32Array(classes);
  const score = ({ pixels }: MemoryDataset, index: number): void => {
    for (let c = 0; c < classes; c++) {
      let sum = weights[c * (size + 1) + size]!;
      for (let i = 0; i < size; i++) sum += (weights[c * (size + 1) + i]! * pixels[index * size + i]!) / 255;
      scores[c] = sum;
    }
  };
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const rate = 0.05 / (1 + epoch);
    for (let index = 0; index < train.length; index++) {
      score(train, index);
      const most = Math.max(...scores);
      const powers = scores.map((value) => Math.exp(value - most));
      const total = powers.reduce((sum, value) => sum + value, 0);
      for (let c = 0; c < classes; c++) {
        const step = rate * (powers[c]! / total - (train.labels[index] === c ? 1 : 0));
        for (let i = 0; i < size; i++) weights[c * (size + 1) + i]! -= (step * train.pixels[index * size + i]!) / 255;
        weights[c * (size + 1) + size]! -= step;
      }
    }
  }
  let right = 0;
  for (let index = 0; index < test.length; index++) {
    score(test, index);
    if (scores.indexOf(Math.max(...scores)) === test.labels[index]) right++;
  }
  return right / test.length;
}
