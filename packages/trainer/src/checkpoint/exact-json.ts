const SPECIAL: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  '-0': -0,
};

/** JSON in which every double survives: NaN, the infinities and -0, which JSON lacks, become `{"$number": "NaN"}`. */
export function toExactJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) => {
    if (typeof entry !== 'number' || (Number.isFinite(entry) && !Object.is(entry, -0))) return entry;
    return { $number: Object.is(entry, -0) ? '-0' : String(entry) };
  });
}

/** What `toExactJson` wrote. @throws SyntaxError when `text` is no JSON. */
export function fromExactJson(text: string): unknown {
  return JSON.parse(text, (_key, entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('$number' in entry)) return entry;
    return SPECIAL[String(entry.$number)];
  });
}
