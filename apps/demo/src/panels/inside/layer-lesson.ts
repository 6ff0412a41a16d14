import type { LayerCard } from '../../session/layer-card.ts';
import { formulaText } from '../network/formula-text.ts';

/** What a layer does, in a sentence with its own numbers. */
export function layerLesson({ kind, window, formula, inputShape, outputShape, filterShape }: LayerCard): string {
  const [channels] = outputShape;
  const size = formula ? ` Size: ${formulaText(formula)}.` : '';
  if (window?.kind === 'convolution') {
    const side = window.kernelSize.join('×');
    const inputs = inputShape[0]! / window.groups;
    const each = inputs === 1 ? 'one map' : `all ${inputs} maps at once`;
    return `${channels} kernels of ${side} slide over ${each}; each looks for one pattern.${size}`;
  }
  if (window?.kind === 'max') return `Keeps the greatest of each ${window.kernelSize.join('×')} window.${size}`;
  if (window?.kind === 'average') return `Keeps the mean of each ${window.kernelSize.join('×')} window.${size}`;
  switch (kind) {
    case 'ReLU':
      return 'Sets what is negative to 0: dark is off.';
    case 'Flatten':
      return `Lays all maps into one row of ${channels?.toLocaleString('en')} numbers.`;
    case 'Linear':
      return filterShape && filterShape[2]! > 1 && filterShape[0]! > 1
        ? `Each of ${channels} units weighs every pixel of every map: its weights are pictures, too.`
        : `Each of ${channels} units weighs all ${inputShape[0]?.toLocaleString('en')} inputs.`;
    case 'Dropout':
    case 'Dropout2d':
      return 'Switches units off at random while it trains; here it lets everything pass.';
    case 'BatchNorm2d':
    case 'BatchNorm1d':
      return 'Brings each channel to mean 0 and deviation 1, then scales and shifts it as it has learnt.';
    case 'AdaptiveAvgPool2d':
      return 'Averages each map as a whole.';
    default:
      return outputShape.length === 3
        ? `${channels} maps of ${outputShape[1]}×${outputShape[2]}.`
        : `${channels} numbers.`;
  }
}
