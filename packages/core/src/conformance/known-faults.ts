import type { ConformanceCase } from './conformance-case.ts';

/** A result that tfjs's own backends, release 4.22.0, are known to get wrong. */
export interface KnownFault {
  /** Names in tfjs-core of the backends that have it. */
  readonly backends: readonly string[];
  /** What is wrong, and what it means for training, as sentences. */
  readonly explanation: string;
  /** Whether a failure of this case in this quantity (`value`, `gradient of input 0`, …) is that fault. */
  covers(tested: ConformanceCase, quantity: string): boolean;
}

const isGradient = (quantity: string): boolean => quantity.startsWith('gradient');

/** Faults of tfjs's backends that the suite finds. Each one that a backend no longer shows should go. */
export const KNOWN_FAULTS: readonly KnownFault[] = [
  {
    backends: ['wasm'],
    explanation:
      'MaxPoolGrad starts its search from the smallest positive number: windows whose maximum is not positive lose their gradient. wasmBackend() replaces the kernel.',
    covers: ({ family, tags }, quantity) =>
      isGradient(quantity) && !tags.includes('non-finite') && (family === 'max-pool' || family === 'conv-block'),
  },
  {
    backends: ['cpu', 'wasm', 'webgl', 'webgpu'],
    explanation:
      "AvgPoolGrad divides by the whole window where 'same' padding hangs over the edge, AvgPool by what is inside. Modules pad explicitly and do not meet it.",
    covers: ({ family, name }, quantity) => family === 'avg-pool' && isGradient(quantity) && name.includes('pad same'),
  },
  {
    backends: ['cpu', 'wasm', 'webgl', 'webgpu', 'tensorflow'],
    explanation:
      'ResizeBilinearGrad takes no notice of half pixel centres; on cpu it also exchanges height and width, on webgl and webgpu it fails where corners of a single pixel are aligned. Resize before training, not within a network.',
    covers: ({ family }, quantity) => family === 'resize-bilinear' && isGradient(quantity),
  },
  {
    backends: ['wasm'],
    explanation:
      "Convolutions with 'same' padding and a stride beyond the kernel return memory that nobody wrote: XNNPACK refuses them and the refusal is only printed. Modules pad explicitly and do not meet it.",
    covers: ({ family, name }, quantity) =>
      (family === 'conv2d' || family === 'depthwise') && quantity === 'value' && name.includes('pad "same"'),
  },
  {
    backends: ['wasm'],
    explanation: 'Pooling, ReLU6 and minimum lose NaN. A network whose loss is finite does not meet it.',
    covers: ({ family, name, tags }) =>
      tags.includes('non-finite') && (/-pool$/.test(family) || name.startsWith('relu6') || name.startsWith('minimum')),
  },
  {
    backends: ['wasm'],
    explanation: 'Sums over no elements return memory that nobody wrote. Loaders do not make empty batches.',
    covers: ({ tags }, quantity) => tags.includes('zero-sized') && isGradient(quantity),
  },
  {
    backends: ['tensorflow'],
    explanation:
      "Native TensorFlow pads only 'same' and 'valid', and its depthwise convolution does not dilate on the CPU. Modules pad and dilate by other operations there.",
    covers: ({ family, name }, quantity) =>
      (/^(conv2d|max-pool)$/.test(family) && /pad (\d|\[)/.test(name)) ||
      (family === 'depthwise' && (isGradient(quantity) || !name.includes('dilation 1x1'))),
  },
  {
    backends: ['tensorflow'],
    explanation:
      'Gradients of convolutions over no samples are memory that nobody wrote, and a window of NaNs gives its gradient to another position. Loaders make no empty batches, and a finite loss has no NaN.',
    covers: ({ family, tags }, quantity) =>
      isGradient(quantity) &&
      ((family === 'depthwise' && tags.includes('zero-sized')) ||
        (family === 'max-pool' && tags.includes('non-finite'))),
  },
  {
    backends: ['wasm'],
    explanation: 'A cast to bool keeps the lowest byte instead of making it 1.',
    covers: ({ name }) => /^cast \w+ to bool$/.test(name),
  },
  {
    backends: ['webgl', 'webgpu'],
    explanation:
      'Shaders may assume that there is neither NaN nor infinity, and do. Read the loss back to find that it is not finite.',
    covers: ({ tags }) => tags.includes('non-finite'),
  },
  {
    backends: ['webgl', 'webgpu'],
    explanation: 'Tensors without elements are not provided for. Loaders do not make empty batches.',
    covers: ({ tags }) => tags.includes('zero-sized'),
  },
  {
    backends: ['webgl', 'webgpu'],
    explanation:
      'MaxPoolGrad gives the gradient to another one of equal maxima than the first. It is a gradient all the same, but not the one of PyTorch.',
    covers: ({ family, name }, quantity) =>
      isGradient(quantity) &&
      (family === 'conv-block' || (family === 'max-pool' && /all zero|after ReLU|ties/.test(name))),
  },
  {
    backends: ['webgpu'],
    explanation:
      'Transposing int32 does not compile, and what needs it, as the gradient of min over outer axes, is wrong.',
    covers: ({ name }, quantity) => /^(max|min) /.test(name) && isGradient(quantity),
  },
  {
    backends: ['webgpu'],
    explanation: 'ArgMax and ArgMin of a vector return a vector of one element instead of a scalar.',
    covers: ({ name }) => /^arg(Max|Min) \[\d+\]/.test(name),
  },
];

/** The known fault that a failure is, if it is one. */
export function knownFaultOf(
  backendName: string,
  { tested, quantity }: { tested: ConformanceCase; quantity: string },
): KnownFault | undefined {
  return KNOWN_FAULTS.find((fault) => fault.backends.includes(backendName) && fault.covers(tested, quantity));
}
