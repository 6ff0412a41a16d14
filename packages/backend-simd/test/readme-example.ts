import { registerSimdBackend, type SimdBackend } from '@cnn/backend-simd';
import { registerGradients } from '@cnn/core';
import * as tf from '@tensorflow/tfjs-core';

registerSimdBackend({ threads: 2 });
await tf.setBackend('simd');
registerGradients(); // tfjs-core alone knows no gradient

// A convolution block, written as always. The map before pooling is never computed on its own.
const images = tf.randomNormal([64, 14, 14, 32], 0, 1, 'float32', 1) as tf.Tensor4D;
const filter = tf.randomNormal([3, 3, 32, 64], 0, 0.1, 'float32', 2) as tf.Tensor4D;
const bias = tf.zeros([64]);
const block = (weights: tf.Tensor4D): tf.Tensor =>
  tf.maxPool(tf.relu(tf.add(tf.conv2d(images, weights, 1, 'same'), bias)) as tf.Tensor4D, 2, 2, 'valid');

const gradient = tf.tidy(() => tf.grad((weights) => tf.sum(block(weights as tf.Tensor4D)))(filter));
console.log(`pooled [${tf.tidy(() => block(filter).shape)}], gradient [${gradient.shape}]`);

const backend = tf.backend() as SimdBackend;
const { usedBytes, peakBytes } = backend.memoryInfo;
console.log(
  `${backend.threads} threads; peak below 8 MiB: ${peakBytes < 8 * 2 ** 20}; holds anything: ${usedBytes > 0}`,
);
tf.dispose([images, filter, bias, gradient]);
