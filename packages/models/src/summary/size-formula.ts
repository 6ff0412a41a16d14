import type { LayerDescription } from '@cnn/core';

/** How the size of a layer's output comes about, with its numbers; null where it is the size of the input. */
export function sizeFormula({ formula, inputShape, outputShape }: LayerDescription): string | null {
  if (formula) return formula;
  const [, ...inputs] = inputShape;
  const [, ...outputs] = outputShape;
  if (String(inputs) === String(outputs)) return null;
  if (outputs.length === 1) {
    const features = inputs.reduce((product, side) => product * side, 1);
    return features === outputs[0] ? `${inputs.join('·')} = ${features}` : `${inputs.join('·')} → ${outputs[0]}`;
  }
  return `${inputs.join('×')} → ${outputs.join('×')}`;
}
