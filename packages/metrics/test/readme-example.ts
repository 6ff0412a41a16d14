import { confusionMatrix, createMetric, f1, mostConfusedPairs, perClassTable } from '@cnn/metrics';

// Two batches of logits [N, classes], as a model gives them, and the class of each sample.
const batches = [
  { logits: Float32Array.of(2, 1, 0, 0, 3, 1), labels: Int32Array.of(0, 1), classCount: 3, size: 2, loss: 0.4 },
  { logits: Float32Array.of(1, 0, 5, 4, 0, 2), labels: Int32Array.of(2, 2), classCount: 3, size: 2, loss: 1.1 },
];

const metrics = [createMetric('accuracy'), createMetric({ name: 'top-k', k: 2 }), f1({ average: 'macro' })];
const confusion = confusionMatrix({ classNames: ['cat', 'dog', 'fox'] });
for (const metric of [...metrics, confusion]) {
  metric.reset();
  for (const batch of batches) metric.update(batch);
}

for (const metric of metrics) console.log(metric.name, metric.compute());
console.log(mostConfusedPairs(confusion.compute()));
console.table(perClassTable(confusion.compute()));
