import type { StorageReference } from '../torch/storage-reference.ts';
import type { StorageType } from '../torch/storage-type.ts';
import type { TensorReference } from '../torch/tensor-reference.ts';

/** What unpickling makes: plain data and references to tensors, never anything that can run. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | PickleTuple
  | PickleDict
  | PickleSet
  | PickleFunction
  | StorageType
  | StorageReference
  | TensorReference;

/** A Python dict, OrderedDict, defaultdict or Counter. */
export type PickleDict = Map<PickleValue, PickleValue>;

/** A Python set or frozenset. */
type PickleSet = Set<PickleValue>;

/** A Python tuple; lists are arrays. */
export class PickleTuple {
  readonly items: readonly PickleValue[];

  constructor(items: readonly PickleValue[]) {
    this.items = items;
  }
}

/** One of the few callables that a pickle may name: a function of ours that stands for it. */
export class PickleFunction {
  /** `module.name` in Python. */
  readonly name: string;
  readonly call: (args: readonly PickleValue[]) => PickleValue;

  constructor(name: string, call: (args: readonly PickleValue[]) => PickleValue) {
    this.name = name;
    this.call = call;
  }
}

/** A value as an error message shows it: its kind, and its content where that is short. */
export function describePickleValue(value: PickleValue): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 60))}`;
  if (typeof value !== 'object') return `${typeof value} ${String(value).slice(0, 60)}`;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value instanceof PickleTuple) return `a tuple of ${value.items.length}`;
  if (value instanceof Map) return `a dict of ${value.size}`;
  if (value instanceof Set) return `a set of ${value.size}`;
  if (value instanceof PickleFunction) return value.name;
  return value.kind;
}
