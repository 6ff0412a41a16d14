import { unsupportedWeightsFile } from '../invalid-weights-file.ts';
import { describePickleValue, type PickleDict, type PickleValue } from '../pickle/pickle-value.ts';
import { TensorReference } from './tensor-reference.ts';

/** Under which keys training scripts keep the model's state dict, the likeliest first. */
const WRAPPERS = ['state_dict', 'model_state_dict', 'model', 'net', 'network', 'module', 'weights', 'params'];

const REMEDY = 'Name the entry that holds the model with the option key, or save model.state_dict() alone';

/**
 * The state dict in what was saved: the object itself, or what lies in it under `key` or one of the usual names.
 *
 * @param key A path of keys joined by dots, for example `ema.model`.
 * @throws CnnError `unsupported` where there is none, listing what there is.
 */
export function findStateDict(root: PickleValue, where: string, key?: string): Map<string, TensorReference> {
  const found = key === undefined ? searchStateDict(root) : descend(root, key, where);
  const tensors = found instanceof Map ? tensorsOf(found) : new Map<string, TensorReference>();
  if (tensors.size > 0) return tensors;
  throw unsupportedWeightsFile(where, 'a state dict: names and tensors', describeContent(found), REMEDY);
}

function searchStateDict(root: PickleValue): PickleValue {
  if (!(root instanceof Map)) return root;
  for (const name of WRAPPERS) {
    const inner = root.get(name);
    if (inner instanceof Map && tensorsOf(inner).size > 0) return inner;
  }
  return root;
}

function descend(root: PickleValue, key: string, where: string): PickleValue {
  let value: PickleValue | undefined = root instanceof Map && root.has(key) ? root.get(key) : undefined;
  if (value !== undefined) return value;
  value = root;
  for (const part of key.split('.')) {
    const next: PickleValue | undefined = value instanceof Map ? value.get(part) : undefined;
    if (next === undefined) {
      throw unsupportedWeightsFile(where, `an entry ${key}`, describeContent(value ?? null), REMEDY);
    }
    value = next;
  }
  return value;
}

/** Other values (an epoch, a version) may stand among the tensors and are left out. */
function tensorsOf(dict: PickleDict): Map<string, TensorReference> {
  const tensors = new Map<string, TensorReference>();
  for (const [name, value] of dict) {
    if (typeof name === 'string' && value instanceof TensorReference) tensors.set(name, value);
  }
  return tensors;
}

function describeContent(value: PickleValue): string {
  if (!(value instanceof Map)) return describePickleValue(value);
  const entries = [...value].slice(0, 12).map(([name, entry]) => `${String(name)}: ${describePickleValue(entry)}`);
  return `a dict of ${value.size}${entries.length > 0 ? ` (${entries.join(', ')}${value.size > 12 ? ', …' : ''})` : ''}`;
}
