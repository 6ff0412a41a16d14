import type { Tensor } from '@tensorflow/tfjs-core';
import { expectTypeOf, test } from 'vitest';
import type {
  BackendDetails,
  BackendName,
  Conv2d,
  Conv2dOptions,
  ForwardContext,
  Generator,
  GeneratorState,
  HostTensor,
  JsonValue,
  LayerWindow,
  MaxPool2d,
  Module,
  StateDict,
} from './index.ts';

// Checked by the compiler; at run time there is nothing to do.
test('public types say what they promise', () => {
  expectTypeOf<{ training: true }>().not.toExtend<ForwardContext>();
  expectTypeOf<{ training: true; generator: Generator }>().toExtend<ForwardContext>();
  expectTypeOf<Module['forward']>().returns.toEqualTypeOf<Tensor>();
  expectTypeOf<StateDict>().toEqualTypeOf<Map<string, HostTensor>>();
  expectTypeOf<GeneratorState>().toExtend<JsonValue>();
  expectTypeOf<BackendDetails['name']>().toEqualTypeOf<BackendName>();
  expectTypeOf<Conv2d>().toExtend<LayerWindow>();
  expectTypeOf<MaxPool2d>().toExtend<LayerWindow>();
  expectTypeOf<{ padding: 'full' }>().not.toExtend<Conv2dOptions>();
  expectTypeOf<{ padding: [1, 2, 3] }>().not.toExtend<Conv2dOptions>();
});
