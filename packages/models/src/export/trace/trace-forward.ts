import { CnnError, type Module } from '@cnn/core';
import { engine } from '@tensorflow/tfjs-core';
import type { RawTrace } from './raw-trace.ts';
import { withTraceBackend } from './trace-backend.ts';

/**
 * Runs one forward pass in evaluation mode and notes its kernels. Nothing is computed, no memory of the device is taken.
 *
 * @param inputShape In memory's order `[N, H, W, C]` or `[N, features]`.
 * @throws CnnError `unsupported` for a kernel that cannot be exported, and whatever the module's own checks throw.
 */
export function traceForward(module: Module, inputShape: readonly number[]): RawTrace {
  let trace: RawTrace | undefined;
  const paths = new Map([...module.namedModules()].map(([path, part]) => [part, path]));
  withTraceBackend((recorder) => {
    const info = recorder.newTensor({ shape: inputShape, dtype: 'float32' });
    const output = module.forward(engine().makeTensorFromTensorInfo(info), {
      training: false,
      observe: (layer, input) => recorder.attribute(paths.get(layer) ?? '', input),
    });
    const outputValue = recorder.valueOf(output);
    trace = {
      batchSize: inputShape[0] ?? 1,
      input: recorder.valueOf(info),
      output: outputValue,
      nodes: recorder.attributedNodes,
      values: recorder.values,
    };
  });
  if (trace && trace.nodes.length > 0) return trace;
  throw new CnnError('unsupported', {
    where: 'export',
    expected: 'a module that computes something',
    received: 'a forward pass without operations',
    remedy: 'Export a module with at least one layer',
  });
}
