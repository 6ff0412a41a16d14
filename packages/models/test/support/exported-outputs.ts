import { Generator, type Module } from '@cnn/core';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { io, type Tensor, tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import * as ort from 'onnxruntime-web';
import { exportOnnx, exportTfjs } from '../../src/index.ts';

/** An output and its shape. */
export interface Output {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What a module gives for an image made by seed, here and where it was exported to. */
export interface ExportedOutputs {
  /** In PyTorch's order, NCHW. */
  readonly own: Output;
  readonly onnx: Output;
  /** In the order of memory, NHWC. */
  readonly ownInMemory: Output;
  readonly tfjs: Output;
}

/** Runs the module, its ONNX file in onnxruntime-web and its graph model in stock TensorFlow.js on the same batches. */
export async function exportedOutputs(
  module: Module,
  inputShape: readonly number[],
  batchSizes: readonly number[],
): Promise<ExportedOutputs[]> {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(await exportOnnx(module, { inputShape }));
  const { model } = await loadExported(await exportTfjs(module, { inputShape }));
  const results: ExportedOutputs[] = [];
  for (const batchSize of batchSizes) {
    const shape = [batchSize, ...inputShape];
    const size = shape.reduce((product, side) => product * side, 1);
    const values = new Generator(5).uniform(size, -1, 1);
    const images = toMemory(tensor(values, shape));
    const result = tidy(() => module.forward(images));
    const { output } = await session.run({ input: new ort.Tensor('float32', values, shape) });
    results.push({
      own: await outputOf(toTorch(result)),
      onnx: { shape: output?.dims ?? [], values: output?.data as Float32Array },
      ownInMemory: await outputOf(result),
      tfjs: await outputOf(model.execute(images) as Tensor),
    });
  }
  await session.release();
  return results;
}

/** As stock TensorFlow.js loads it from its two files; `json` is the rest of `model.json`. */
export async function loadExported(files: Awaited<ReturnType<typeof exportTfjs>>): Promise<{
  model: Awaited<ReturnType<typeof loadGraphModel>>;
  json: { userDefinedMetadata: Record<string, string> };
}> {
  const { modelTopology, weightsManifest, ...json } = JSON.parse(new TextDecoder().decode(files['model.json']));
  const weightData = files['weights.bin'].buffer;
  const artifacts = { modelTopology, weightSpecs: weightsManifest[0].weights, weightData, ...json };
  return { model: await loadGraphModel(io.fromMemory(artifacts)), json };
}

/** The largest difference of two outputs; infinite where their shapes differ. */
export function difference(a: Output, b: Output): number {
  if (String(a.shape) !== String(b.shape)) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let i = 0; i < a.values.length; i++) {
    const distance = Math.abs((a.values[i] ?? Number.NaN) - (b.values[i] ?? Number.NaN));
    if (!(distance <= worst)) worst = distance;
  }
  return worst;
}

function toMemory(torch: Tensor): Tensor {
  return torch.rank === 4 ? transpose(torch, [0, 2, 3, 1]) : torch;
}

function toTorch(memory: Tensor): Tensor {
  return memory.rank === 4 ? transpose(memory, [0, 3, 1, 2]) : memory;
}

async function outputOf(result: Tensor): Promise<Output> {
  return { shape: result.shape, values: Float32Array.from(await result.data()) };
}
