/** Labels that are written as names: those of known classes, or whatever names a file has. */
export class LabelNames {
  readonly #known: readonly string[] | undefined;
  readonly #found = new Map<string, number>();
  #count = 0;

  /** @param known The classes; without them, every name is one. */
  constructor(known?: readonly string[]) {
    this.#known = known;
  }

  /** Labels that were names. */
  get count(): number {
    return this.#count;
  }

  /** True for a name that is known to be a class. */
  isKnown(name: string): boolean {
    return this.#known?.includes(name) === true;
  }

  /** The class of a name; undefined where the classes are known and it is none of them. */
  indexOf(name: string): number | undefined {
    if (name === '') return undefined;
    if (this.#known && !this.isKnown(name)) return undefined;
    this.#count++;
    if (this.#known) return this.#known.indexOf(name);
    const index = this.#found.get(name) ?? this.#found.size;
    this.#found.set(name, index);
    return index;
  }

  /**
   * The names that were found, sorted, and in `labels` their positions: the order of a file's rows must not change what
   * a class is called. Undefined where the classes were known or no label was a name.
   */
  sorted(labels: Int32Array): readonly string[] | undefined {
    if (this.#found.size === 0) return undefined;
    const names = [...this.#found.keys()].sort();
    const position = new Map([...this.#found].map(([name, index]) => [index, names.indexOf(name)]));
    for (const [row, label] of labels.entries()) labels[row] = position.get(label) ?? label;
    return names;
  }
}
