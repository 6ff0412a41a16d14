/** What went wrong, for programs: one word per kind of remedy. */
export type CnnErrorCode =
  | 'aborted'
  | 'already-exists'
  | 'checksum-mismatch'
  | 'invalid-argument'
  | 'invalid-config'
  | 'invalid-file'
  | 'invalid-shape'
  | 'io'
  | 'missing-file'
  | 'network'
  | 'non-finite'
  | 'out-of-memory'
  | 'state-mismatch'
  | 'unsupported';

/** The parts of every message, in the order in which they are read. */
export interface ErrorParts {
  /** The place: a function and argument, a file with line and column, a config key. */
  readonly where: string;
  /** What would have been right, with units and limits. */
  readonly expected: string;
  /** What was there instead, as the user wrote it. */
  readonly received: string;
  /** What to do about it, as an imperative sentence without its full stop. */
  readonly remedy: string;
}

/**
 * The one error class of `@cnn/*`. Its message reads
 * `<where>: expected <what>, received <value>. <Remedy>.`
 *
 * @example
 * throw new CnnError('invalid-argument', {
 *   where: 'Conv2d.kernelSize',
 *   expected: 'a positive integer',
 *   received: '0',
 *   remedy: 'Pass the side of the kernel in pixels, for example 3',
 * });
 */
export class CnnError extends Error {
  /** `CnnError`, in whichever realm it was made: what to look at where `instanceof` cannot be trusted. */
  override readonly name = 'CnnError';
  /** What went wrong, for programs. */
  readonly code: CnnErrorCode;

  /** From the parts of its message, or from a message that is whole already; `options.cause` is the error behind it. */
  constructor(code: CnnErrorCode, parts: ErrorParts | string, options: { cause?: unknown } = {}) {
    super(typeof parts === 'string' ? parts : formatErrorParts(parts), options);
    this.code = code;
  }
}

/** Joins the parts of a message by the house grammar. */
export function formatErrorParts({ where, expected, received, remedy }: ErrorParts): string {
  return `${where}: expected ${expected}, received ${received}. ${remedy.replace(/\.$/, '')}.`;
}
