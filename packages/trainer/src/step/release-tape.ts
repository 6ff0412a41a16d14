import { engine } from '@tensorflow/tfjs-core';

/**
 * Frees what an abandoned gradient computation has kept. tfjs-core does so at the end of `variableGrads` and not when the
 * function it differentiates throws: every tensor saved for the backward pass would stay on the device for good.
 */
export function releaseTape(): void {
  const { state } = engine();
  if (state.gradientDepth > 0) return; // an outer computation still needs its part of the tape
  for (const { saved = [] } of state.activeTape ?? []) for (const kept of saved) kept.dispose();
  state.activeTape = [];
}
