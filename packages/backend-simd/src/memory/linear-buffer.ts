/**
 * A block of linear memory shared by whoever still needs it: the tensor that it belongs to and kernels that were put
 * off and will read it. The last one to release it frees it.
 */
export class LinearBuffer {
  readonly pointer: number;
  readonly sizeBytes: number;
  readonly #onFree: (pointer: number) => void;
  #references = 1;

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
    if (--this.#references === 0) this.#onFree(this.pointer);
  }
}
