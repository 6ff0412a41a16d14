/**
 * A block of linear memory shared by whoever still needs it: the tensor that it belongs to and kernels that were put
 * off and will read it. The last one to release it frees it.
 */
export class LinearBuffer {
  readonly pointer: number;
  readonly sizeBytes: number;
  readonly #onFree: (pointer: number) => void;
  #references = 1;
  #derived: Map<string, LinearBuffer> | undefined;

  constructor(pointer: number, sizeBytes: number, onFree: (pointer: number) => void) {
    this.pointer = pointer;
    this.sizeBytes = sizeBytes;
    this.#onFree = onFree;
  }

  get references(): number {
    return this.#references;
  }

  retain(): this {
    this.#references++;
    return this;
  }

  release(): void {
    if (--this.#references > 0) return;
    this.forgetDerived();
    this.#onFree(this.pointer);
  }

  /**
   * Another form of the contents, like weights in panels: computed once, kept while the contents last. The caller
   * releases what it gets.
   *
   * @param form Which form; its name says all that it depends on besides the contents.
   */
  derive(form: string, compute: () => LinearBuffer): LinearBuffer {
    const known = this.#derived?.get(form);
    if (known) return known.retain();
    const block = compute();
    this.#derived ??= new Map();
    this.#derived.set(form, block.retain());
    return block;
  }

  /** To be called when the contents change. */
  forgetDerived(): void {
    if (!this.#derived) return;
    for (const block of this.#derived.values()) block.release();
    this.#derived = undefined;
  }
}
