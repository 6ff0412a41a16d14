/** A colour for each of 256 levels, `[256, 3]` bytes in RGB order. */
export type ColourMap = Uint8Array;

const LEVELS = 256;

/** Viridis: dark is little, bright is much, in order also for who cannot tell red from green, and in grey. */
export const SEQUENTIAL: ColourMap = gradient([
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
]);

/** Orange is negative, blue is positive, pale is nothing. */
export const DIVERGING: ColourMap = gradient([
  '#a34a00',
  '#e08214',
  '#fdd5a0',
  '#f4f4f2',
  '#a6cee6',
  '#4393c3',
  '#134b8a',
]);

/** Black to white, as images are. */
export const GREY: ColourMap = gradient(['#000000', '#ffffff']);

/** Level 0..255 of a value within `[low, high]`; the middle level where the range is empty, 0 for NaN. */
export function levelOf(value: number, low: number, high: number): number {
  if (!(high > low)) return Number.isNaN(value) ? 0 : LEVELS / 2;
  const level = Math.round(((value - low) / (high - low)) * (LEVELS - 1));
  return level >= 0 ? Math.min(level, LEVELS - 1) : 0;
}

/** A colour of a map in CSS's words. */
export function cssColour(map: ColourMap, level: number): string {
  return `rgb(${map[3 * level]} ${map[3 * level + 1]} ${map[3 * level + 2]})`;
}

/** Colours at even distances, with straight lines between them in sRGB. */
function gradient(stops: readonly string[]): ColourMap {
  const colours = stops.map((stop) => [1, 3, 5].map((at) => Number.parseInt(stop.slice(at, at + 2), 16)));
  const map = new Uint8Array(3 * LEVELS);
  for (let level = 0; level < LEVELS; level++) {
    const place = (level / (LEVELS - 1)) * (colours.length - 1);
    const before = Math.min(Math.floor(place), colours.length - 2);
    for (let channel = 0; channel < 3; channel++) {
      const [from, to] = [colours[before]![channel]!, colours[before + 1]![channel]!];
      map[3 * level + channel] = Math.round(from + (place - before) * (to - from));
    }
  }
  return map;
}
