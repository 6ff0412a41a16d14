import * as ort from 'onnxruntime-web';
import { serveOnnx } from './serve-onnx.mjs';

await serveOnnx(ort, '1.30.0');
