/** The list if it is short enough; else without every second entry, the first and the last kept. */
export function thinned<Entry>(entries: readonly Entry[], most: number): readonly Entry[] {
  if (entries.length <= most) return entries;
  const last = entries.length - 1;
  return entries.filter((_, index) => index % 2 === 0 || index === last);
}
