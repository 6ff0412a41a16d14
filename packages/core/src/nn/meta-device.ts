import { CnnError } from '../errors/cnn-error.ts';

let depth = 0;

/**
 * Builds modules of shapes alone: nothing is drawn, no memory is taken and no backend is needed, whatever their size.
 * Such a module can be described (`Layer.describe`, `parameters()` and their shapes) but neither run, read nor trained;
 * `torch.device('meta')` does the same.
 *
 * @example
 * const { multiplyAdds } = withMetaDevice(() => new Linear(100_000, 100_000)).describe([1, 100_000]);
 */
export function withMetaDevice<Result>(build: () => Result): Result {
  depth += 1;
  try {
    return build();
  } finally {
    depth -= 1;
  }
}

/** True within `withMetaDevice`. */
export function onMetaDevice(): boolean {
  return depth > 0;
}

/** The error for the value of a parameter or buffer that has none. */
export function noValueOnMetaDevice(kind: string): CnnError {
  return new CnnError('unsupported', {
    where: kind,
    expected: 'values',
    received: 'a shape alone: its module was built by withMetaDevice',
    remedy: 'Build the module again outside of withMetaDevice to run it',
  });
}
