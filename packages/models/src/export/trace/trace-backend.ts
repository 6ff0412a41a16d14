import { CnnError } from '@cnn/core';
import {
  type BackendValues,
  type DataId,
  type DataType,
  engine,
  getBackend,
  getKernelsForBackend,
  KernelBackend,
  type NamedAttrMap,
  registerBackend,
  registerKernel,
  removeBackend,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { KERNEL_RULES, TraceRecorder } from './trace-recorder.ts';
import type { GraphDtype } from './traced-graph.ts';

const NAME = 'cnn-trace';

/** Kernels that give a list also when there is one tensor in it. */
const LISTING_KERNELS: ReadonlySet<string> = new Set(['SplitV']);

/** A backend on which tensors are shapes and kernels take notes. */
class TraceBackend extends KernelBackend {
  readonly recorder: TraceRecorder = new TraceRecorder();

  override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
    const dataId = {};
    this.recorder.write(dataId, { shape, dtype: graphDtype(dtype) }, values as ArrayLike<number>);
    return dataId;
  }

  override readSync(): never {
    throw new CnnError('unsupported', {
      where: 'export',
      expected: 'a forward pass that computes with tensors alone',
      received: 'one that reads the values of a tensor',
      remedy: 'Do not branch on values in forward: they are not known when the graph is written',
    });
  }

  override read(): never {
    return this.readSync();
  }

  override numDataIds(): number {
    return this.recorder.values.length;
  }

  override refCount(): number {
    return 1;
  }

  override incRef(): void {}

  decRef(): void {}

  override disposeData(): boolean {
    return true;
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override timerAvailable(): boolean {
    return false;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override dispose(): void {}
}

/**
 * Runs `forward` with the notes of a recorder, in one go: nothing else can run on the tracing backend meanwhile. The
 * former backend is back afterwards, also when `forward` throws.
 */
export function withTraceBackend(forward: (recorder: TraceRecorder) => void): void {
  const former = getBackend();
  const backend = new TraceBackend();
  registerBackend(NAME, () => backend, 0);
  // Kernels without a rule are known too, so that they are refused by their name.
  const names = new Set([
    ...Object.keys(KERNEL_RULES),
    ...getKernelsForBackend(former).map((kernel) => kernel.kernelName),
  ]);
  for (const kernelName of names) {
    registerKernel({
      kernelName,
      backendName: NAME,
      kernelFunc: ({ inputs, attrs }) => {
        const outputs = backend.recorder.run(kernelName, inputs, (attrs ?? {}) as NamedAttrMap);
        const [only] = outputs;
        return only && !LISTING_KERNELS.has(kernelName) ? only : outputs;
      },
    });
  }
  try {
    // Backends without an asynchronous start are current as soon as this has been called.
    void engine().setBackend(NAME);
    engine().tidy(() => forward(backend.recorder));
  } finally {
    void engine().setBackend(former);
    for (const kernelName of names) unregisterKernel(kernelName, NAME);
    removeBackend(NAME);
  }
}

function graphDtype(dtype: DataType): GraphDtype {
  return dtype === 'int32' || dtype === 'bool' ? dtype : 'float32';
}
