import ort from 'onnxruntime-node';
import { serveOnnx } from './serve-onnx.mjs';

await serveOnnx(ort, '1.30.0');
