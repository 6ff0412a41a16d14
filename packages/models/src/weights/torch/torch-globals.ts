import { invalidWeightsFile, unsupportedWeightsFile } from '../invalid-weights-file.ts';
import { describePickleValue, PickleFunction, PickleTuple, type PickleValue } from '../pickle/pickle-value.ts';
import { StorageReference } from './storage-reference.ts';
import { storageTypeNamed } from './storage-type.ts';
import { TensorReference } from './tensor-reference.ts';

/**
 * The names that a checkpoint's pickle may use, each standing for a plain value or a tensor's description.
 *
 * @throws CnnError `unsupported` for any other name, which it quotes.
 */
export function resolveTorchGlobal(where: string, module: string, name: string): PickleValue {
  if (module === 'torch' || module === 'torch.cuda') {
    const storageType = storageTypeNamed(name);
    if (storageType) return storageType;
    if (DTYPES.has(name)) return `torch.${name}`;
  }
  const make = FUNCTIONS.get(`${module}.${name}`);
  if (make) return new PickleFunction(`${module}.${name}`, make(where));
  throw refusal(where, module, name);
}

type Call = (args: readonly PickleValue[]) => PickleValue;

const DTYPES = new Set(
  'float32 float64 float16 bfloat16 int64 int32 int16 int8 uint8 bool complex64 complex128'.split(' '),
);

const FUNCTIONS = new Map<string, (where: string) => Call>([
  ['torch._utils._rebuild_tensor', rebuildTensor],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  ['torch._utils._rebuild_parameter', rebuildParameter],
  ['torch._utils._rebuild_parameter_with_state', rebuildParameter],
  ['torch.nn.parameter.Parameter', rebuildParameter],
  ['torch.Size', () => (args) => args[0] ?? new PickleTuple([])],
  ['torch.device', () => (args) => String(args[0] ?? '')],
  ['collections.OrderedDict', dict],
  ['collections.defaultdict', (where) => (args) => dict(where)(args.slice(1))],
  ['collections.Counter', dict],
  ['builtins.dict', dict],
  ['__builtin__.dict', dict],
  ['builtins.set', () => (args) => new Set(elements(args[0]))],
  ['__builtin__.set', () => (args) => new Set(elements(args[0]))],
  ['builtins.list', () => (args) => [...elements(args[0])]],
  ['__builtin__.list', () => (args) => [...elements(args[0])]],
  ['_codecs.encode', bytesOfText],
  // What training scripts keep beside the weights: their options, and measures that came out of NumPy.
  ['argparse.Namespace', dict],
  ['numpy.dtype', opaque],
  ['numpy.ndarray', opaque],
  ...['numpy.core.multiarray', 'numpy._core.multiarray'].flatMap((module): [string, (where: string) => Call][] => [
    [`${module}.scalar`, opaque],
    [`${module}._reconstruct`, opaque],
  ]),
]);

/** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks, metadata=None)`. */
function rebuildTensor(where: string): Call {
  return ([storage, offset, shape, stride, _requiresGrad, _hooks, metadata]) => {
    if (!(storage instanceof StorageReference)) throw damaged(where, 'a storage of a tensor', storage);
    if (metadata instanceof Map && metadata.size > 0) {
      throw unsupportedWeightsFile(
        where,
        'plain tensors',
        `one with the flags ${[...metadata.keys()].map(String).join(', ')} (a conjugate or negative view)`,
        'Save it after tensor.resolve_conj().resolve_neg()',
      );
    }
    return new TensorReference(storage, index(where, offset), indices(where, shape), indices(where, stride));
  };
}

function rebuildParameter(where: string): Call {
  return ([data]) => {
    if (!(data instanceof TensorReference)) throw damaged(where, 'a tensor in a parameter', data);
    return data;
  };
}

/** From nothing, from another dict, or from a list of pairs (Python 2 writes an OrderedDict so). */
function dict(where: string): Call {
  return ([source]) => {
    if (source === undefined) return new Map();
    if (source instanceof Map) return new Map(source);
    const pairs = elements(source).map((pair): [PickleValue, PickleValue] => {
      const [key, value] = elements(pair);
      if (key === undefined || value === undefined) throw damaged(where, 'a key and a value', pair);
      return [key, value];
    });
    return new Map(pairs);
  };
}

/** A value that is no tensor and that nobody asks for: an empty dict, on which a pickle may set what it likes. */
function opaque(): Call {
  return () => new Map();
}

/** How protocol 2 writes bytes: `_codecs.encode(text, 'latin1')`. */
function bytesOfText(where: string): Call {
  return ([text, encoding]) => {
    if (typeof text !== 'string' || encoding !== 'latin1') throw damaged(where, 'text in latin1', encoding);
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  };
}

function elements(value: PickleValue | undefined): readonly PickleValue[] {
  if (Array.isArray(value)) return value;
  return value instanceof PickleTuple ? value.items : [];
}

function indices(where: string, value: PickleValue | undefined): number[] {
  if (!(value instanceof PickleTuple) && !Array.isArray(value)) throw damaged(where, 'a tuple of sizes', value);
  return elements(value).map((item) => index(where, item));
}

function index(where: string, value: PickleValue | undefined): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw damaged(where, 'a non-negative integer', value);
}

function damaged(where: string, expected: string, received: PickleValue | undefined): Error {
  return invalidWeightsFile(where, expected, received === undefined ? 'nothing' : describePickleValue(received));
}

function refusal(where: string, module: string, name: string): Error {
  const python = `${module}.${name}`;
  const expected = 'a checkpoint of tensors and plain values';
  if (module === 'torch' && name.endsWith('Storage')) {
    const remedy = 'Convert these tensors to a float or integer dtype before saving';
    return unsupportedWeightsFile(where, expected, `${python}, whose elements have no counterpart here`, remedy);
  }
  if (module === 'torch._utils' || module === 'torch._tensor' || module === 'torch.storage') {
    const remedy = 'Save plain dense tensors: {k: v.detach().clone() for k, v in model.state_dict().items()}';
    return unsupportedWeightsFile(where, expected, `a special tensor made by ${python}`, remedy);
  }
  const remedy =
    'If it is a whole model or holds other objects, load it in Python where you trust it and save only the ' +
    'state dict: torch.save(model.state_dict(), path)';
  return unsupportedWeightsFile(where, expected, `a pickle that asks for ${python}, which is never run`, remedy);
}
