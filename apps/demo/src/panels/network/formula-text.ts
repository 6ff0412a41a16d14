/**
 * A size formula of the library as books print it:
 * `floor((28 + 2·1 − 1·(3−1) − 1)/1 + 1) = 28` becomes `⌊(28 + 2·1 − 1·(3 − 1) − 1) / 1⌋ + 1 = 28`.
 */
export function formulaText(formula: string): string {
  return formula
    .split('; ')
    .map((side) => {
      const parts = /^(floor|ceil)\(\((.*)\)\/(\d+) \+ 1\) = (-?\d+)$/.exec(side);
      if (!parts) return side;
      const [, rounding, dividend = '', stride, size] = parts;
      const [open, close] = rounding === 'floor' ? ['⌊', '⌋'] : ['⌈', '⌉'];
      return `${open}(${dividend.replaceAll(/(?<=\d)−(?=\d)/g, ' − ')}) / ${stride}${close} + 1 = ${size}`;
    })
    .join('; ');
}

/** The formula by itself. */
export const SIZE_FORMULA = '⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1';
