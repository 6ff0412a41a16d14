import { Generator } from '@cnn/core';
import { createModel, exportOnnx, exportSafetensors, freeze, readWeights, replaceHead } from '@cnn/models';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';

await setBackend('cpu');
const model = createModel('lenet5', { generator: new Generator(0) });

// Out: for PyTorch, and for whatever runs ONNX. The preprocessing travels with the weights.
const preprocessing = { inputShape: [1, 28, 28], mean: [0.1307], std: [0.3081] };
const weights = await exportSafetensors(model, { preprocessing });
const onnx = await exportOnnx(model, { inputShape: [1, 28, 28], preprocessing });
console.log(`${weights.length} and ${onnx.length} bytes`);

// In: the bytes of a safetensors, .pt or .pth file; the format is told by the content.
model.loadStateDict(readWeights(weights, { name: 'lenet5.safetensors' }));

// On: everything but a new head stays as it is.
replaceHead(model, 26, { generator: new Generator(1) });
freeze(model, ['**', '!fc3']);
const trainable = model.namedParameters().filter(([, parameter]) => parameter.trainable);
console.log(trainable.map(([path]) => path).join(', '));
