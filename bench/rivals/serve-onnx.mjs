// Inference with an onnxruntime, native or WebAssembly: runs the network that our exporter wrote.
import { readFile } from 'node:fs/promises';
import { serveRival } from './serve-rival.mjs';

/** @param ort `onnxruntime-node` or `onnxruntime-web`. @param version Its version. */
export async function serveOnnx(ort, version) {
  let session;
  let inputs;
  let at = 0;
  await serveRival({
    async setup({ network, batchSize, threads, onnx, inputs: path }) {
      if (ort.env?.wasm) ort.env.wasm.numThreads = threads;
      session = await ort.InferenceSession.create(await readFile(onnx), {
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
      });
      const shape = network.startsWith('resnet') ? [3, 224, 224] : [1, 28, 28];
      const size = batchSize * shape.reduce((product, side) => product * side, 1);
      const floats = path
        ? await readFloats(path)
        : Float32Array.from({ length: size }, (_, i) => ((i * 7919) % 256) / 255);
      inputs = Array.from(
        { length: floats.length / size },
        (_, i) => new ort.Tensor('float32', floats.slice(i * size, (i + 1) * size), [batchSize, ...shape]),
      );
      return { version, threads };
    },
    async train() {
      throw new Error('onnxruntime does not train');
    },
    async infer() {
      at = (at + 1) % inputs.length;
      const outputs = await session.run({ [session.inputNames[0]]: inputs[at] });
      return outputs[session.outputNames[0]].data;
    },
  });
}

async function readFloats(path) {
  const bytes = await readFile(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
