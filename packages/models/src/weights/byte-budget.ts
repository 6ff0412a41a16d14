import { CnnError } from '@cnn/core';

/** Counts the memory that a file makes its reader take, and refuses before more than the limit is taken. */
export class ByteBudget {
  readonly #fileName: string;
  readonly #limitBytes: number;
  #takenBytes = 0;

  constructor(fileName: string, limitBytes: number) {
    this.#fileName = fileName;
    this.#limitBytes = limitBytes;
  }

  /** @throws CnnError `invalid-file` when `bytes` more for `what` would pass the limit. */
  take(bytes: number, what: string): void {
    if (!(this.#takenBytes + bytes <= this.#limitBytes)) {
      throw new CnnError('invalid-file', {
        where: this.#fileName,
        expected: `at most ${this.#limitBytes} bytes once it is expanded`,
        received: `${what} that needs ${bytes} bytes after ${this.#takenBytes} others`,
        remedy: 'Do not trust this file; where you know that it is good, raise limits.maxExpandedBytes',
      });
    }
    this.#takenBytes += bytes;
  }
}
