import { type ForwardContext, Generator, type Layer, type Parameter, torchShape, withGenerator } from '@cnn/core';
import { grads, memory, type Tensor, tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildLayer, caseName, type LayerCase, layerCases, type PackedTensor, unpack } from './layer-case.ts';

/** Where and how strictly `layerConformance` compares. */
export interface LayerConformanceOptions {
  /** Makes the backend current, for example `() => selectBackend('cpu', [cpuBackend()])`. */
  readonly setup: () => Promise<unknown>;
  /** Largest error allowed, relative to the largest value of a tensor. Default 3e-6. */
  readonly tolerance?: number;
  /** Cases that the backend cannot do. */
  readonly skip?: (tested: LayerCase) => boolean;
}

/**
 * Declares tests that compare value and gradients of every layer with PyTorch's, on one backend. Also for the tests of
 * other packages: `layerConformance('simd', { setup })`.
 */
export function layerConformance(
  backendName: string,
  { setup, tolerance = 3e-6, skip = () => false }: LayerConformanceOptions,
): void {
  describe(`every layer computes PyTorch’s values and gradients on ${backendName}`, () => {
    beforeAll(async () => {
      await setup();
    });

    for (const tested of layerCases().filter((candidate) => !skip(candidate))) {
      test(caseName(tested), async () => {
        const before = memory().numTensors;
        const generator = new Generator(tested.seed);
        const layer = withGenerator(generator, () => buildLayer(tested));
        await checkCase(layer, tested, { generator, tolerance });
        layer.dispose();
        expect(memory().numTensors, 'tensors left over').toBe(before);
      });
    }
  });
}

async function checkCase(
  layer: Layer,
  tested: LayerCase,
  { generator, tolerance }: { generator: Generator; tolerance: number },
): Promise<void> {
  if (tested.layer.includes('Norm')) redraw(layer, generator);
  const input = draw(generator, tested.inputShape, 2);
  const dy = draw(generator, tested.output.shape, 1);
  const context: ForwardContext = { training: true, generator: new Generator(0) };
  expect(layer.outputShape(tested.inputShape), 'output shape without tensors').toEqual(tested.output.shape);

  const evaluation = tested.evaluationOutput;
  const parameters = layer.namedParameters();
  const variables = parameters.map(([, { variable }]) => variable);
  const output = tidy(() => layer.forward(input, evaluation ? { training: false } : context));
  if (!evaluation) await expectClose(output, tested.output, { tolerance, what: 'output' });
  output.dispose();

  const gradients = tidy(() => grads((x) => layer.forward(x, context))([input, ...variables], dy));
  await expectClose(gradients[0]!, tested.inputGradient, { tolerance, what: 'input gradient' });
  expect(parameters.map(([name]) => name).sort()).toEqual(Object.keys(tested.gradients).sort());
  for (const [i, [name, parameter]] of parameters.entries()) {
    const gradient = tidy(() => inTorchLayout(gradients[i + 1]!, parameter));
    await expectClose(gradient, tested.gradients[name]!, { tolerance, what: `gradient of ${name}`, asIs: true });
    gradient.dispose();
  }

  const state = await layer.stateDict();
  for (const [name, expected] of Object.entries(tested.buffersAfter ?? {})) {
    const received = Float32Array.from(state.get(name)!.data, Number);
    compare(received, unpack(expected), { tolerance, what: name });
  }
  if (evaluation) {
    const evaluated = tidy(() => layer.forward(input));
    await expectClose(evaluated, evaluation, { tolerance, what: 'output in evaluation' });
    evaluated.dispose();
  }
  for (const tensorToFree of [input, dy, ...gradients]) tensorToFree.dispose();
}

/** Norms begin with ones and zeros, which would hide mistakes: the fixture draws new values. */
function redraw(layer: Layer, generator: Generator): void {
  for (const parameter of layer.parameters()) {
    const data = generator.uniform(parameter.size, -1, 1);
    parameter.write({ dtype: 'float32', shape: parameter.shape, data });
  }
}

/** Uniform values in ±bound in PyTorch's order, laid out as memory has it. */
function draw(generator: Generator, shape: readonly number[], bound: number): Tensor {
  const values = generator.uniform(
    shape.reduce((product, side) => product * side, 1),
    -bound,
    bound,
  );
  return tidy(() => {
    const torch = tensor(values, [...shape], 'float32');
    return shape.length === 4 ? transpose(torch, [0, 2, 3, 1]) : torch;
  });
}

function inTorchLayout(gradient: Tensor, parameter: Parameter): Tensor {
  return parameter.layout === 'HWIO' ? transpose(gradient, [3, 2, 0, 1]) : gradient.clone();
}

async function expectClose(
  received: Tensor,
  expected: PackedTensor,
  { tolerance, what, asIs = false }: { tolerance: number; what: string; asIs?: boolean },
): Promise<void> {
  const torch = tidy(() => (received.rank === 4 && !asIs ? transpose(received, [0, 3, 1, 2]) : received.clone()));
  const shape = asIs ? received.shape : torchShape(received.shape);
  expect(shape, `shape of ${what}`).toEqual(expected.shape);
  compare(await torch.data(), unpack(expected), { tolerance, what });
  torch.dispose();
}

function compare(
  received: ArrayLike<number>,
  expected: Float32Array,
  { tolerance, what }: { tolerance: number; what: string },
): void {
  const largest = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-3);
  const worst = expected.reduce((max, value, i) => {
    return Math.max(max, Math.abs(value - received[i]!) / largest); // NaN stays
  }, 0);
  expect(worst, `largest relative error of ${what}`).toBeLessThanOrEqual(tolerance);
}
