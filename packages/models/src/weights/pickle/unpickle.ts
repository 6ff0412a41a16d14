import type { ByteCursor } from '../byte-cursor.ts';
import { invalidWeightsFile, unsupportedWeightsFile } from '../invalid-weights-file.ts';
import { OPCODE, opcodeName } from './opcode.ts';
import { PickleStack } from './pickle-stack.ts';
import { describePickleValue, type PickleDict, PickleFunction, PickleTuple, type PickleValue } from './pickle-value.ts';

/** What a pickle may refer to outside itself. */
export interface PickleEnvironment {
  /** The value that stands for `module.name`. @throws CnnError `unsupported` for a name that is not known. */
  resolveGlobal(module: string, name: string): PickleValue;
  /** The value of a persistent id: torch keeps its storages there. */
  resolvePersistent(id: PickleValue): PickleValue;
  /** Objects that the pickle may make. */
  readonly maxObjects: number;
}

/**
 * Reads one pickle of protocol 2 to 5 from the cursor, without executing anything: the only callables are the
 * environment's own functions. Linear in the bytes read.
 *
 * @throws CnnError `invalid-file` for a damaged pickle, `unsupported` for one that names something unknown.
 * @see https://github.com/python/cpython/blob/main/Lib/pickletools.py
 */
export function unpickle(cursor: ByteCursor, environment: PickleEnvironment): PickleValue {
  return new PickleMachine(cursor, environment).run();
}

const LATIN1 = new TextDecoder('latin1');
const MAX_INTEGER_BYTES = 256;

class PickleMachine {
  readonly #cursor: ByteCursor;
  readonly #environment: PickleEnvironment;
  readonly #stack: PickleStack;
  readonly #memo = new Map<number, PickleValue>();

  constructor(cursor: ByteCursor, environment: PickleEnvironment) {
    this.#cursor = cursor;
    this.#environment = environment;
    this.#stack = new PickleStack(cursor.where);
  }

  run(): PickleValue {
    for (let steps = 0; ; steps++) {
      if (steps > this.#environment.maxObjects) {
        throw this.#damaged(`at most ${this.#environment.maxObjects} objects`, 'more');
      }
      const code = this.#cursor.u8();
      if (code === OPCODE.STOP) return this.#stack.pop();
      const literal = this.#literal(code);
      if (literal !== undefined) this.#stack.push(literal);
      else this.#execute(code);
    }
  }

  /** A value that stands in the pickle as it is; `undefined` for opcodes that work on the stack. */
  #literal(code: number): PickleValue | undefined {
    const cursor = this.#cursor;
    switch (code) {
      case OPCODE.NONE:
        return null;
      case OPCODE.NEWTRUE:
        return true;
      case OPCODE.NEWFALSE:
        return false;
      case OPCODE.BININT:
        return cursor.i32();
      case OPCODE.BININT1:
        return cursor.u8();
      case OPCODE.BININT2:
        return cursor.u16();
      case OPCODE.LONG1:
        return this.#integer(cursor.u8());
      case OPCODE.LONG4:
        return this.#integer(cursor.i32());
      case OPCODE.BINFLOAT:
        return cursor.f64BigEndian();
      case OPCODE.SHORT_BINUNICODE:
        return cursor.utf8(cursor.u8());
      case OPCODE.BINUNICODE:
        return cursor.utf8(cursor.u32());
      case OPCODE.BINUNICODE8:
        return cursor.utf8(cursor.size());
      case OPCODE.SHORT_BINSTRING: // text of Python 2
        return LATIN1.decode(cursor.take(cursor.u8()));
      case OPCODE.BINSTRING:
        return LATIN1.decode(cursor.take(cursor.u32()));
      case OPCODE.SHORT_BINBYTES:
        return cursor.take(cursor.u8());
      case OPCODE.BINBYTES:
        return cursor.take(cursor.u32());
      case OPCODE.BINBYTES8:
      case OPCODE.BYTEARRAY8:
        return cursor.take(cursor.size());
      case OPCODE.EMPTY_LIST:
        return [];
      case OPCODE.EMPTY_TUPLE:
        return new PickleTuple([]);
      case OPCODE.EMPTY_DICT:
        return new Map();
      case OPCODE.EMPTY_SET:
        return new Set();
      case OPCODE.GLOBAL:
        return this.#environment.resolveGlobal(cursor.line(), cursor.line());
      default:
        return undefined;
    }
  }

  #execute(code: number): void {
    const cursor = this.#cursor;
    const stack = this.#stack;
    switch (code) {
      case OPCODE.PROTO:
        this.#protocol(cursor.u8());
        break;
      case OPCODE.FRAME: // a hint for buffering
        cursor.take(8);
        break;
      case OPCODE.MARK:
        stack.mark();
        break;
      case OPCODE.POP:
        stack.pop();
        break;
      case OPCODE.POP_MARK:
        stack.popToMark();
        break;
      case OPCODE.TUPLE:
        stack.push(new PickleTuple(stack.popToMark()));
        break;
      case OPCODE.TUPLE1:
        this.#tuple(1);
        break;
      case OPCODE.TUPLE2:
        this.#tuple(2);
        break;
      case OPCODE.TUPLE3:
        this.#tuple(3);
        break;
      case OPCODE.FROZENSET:
        stack.push(new Set(stack.popToMark()));
        break;
      case OPCODE.APPEND:
        this.#append([stack.pop()]);
        break;
      case OPCODE.APPENDS:
      case OPCODE.ADDITEMS:
        this.#append(stack.popToMark());
        break;
      case OPCODE.SETITEM: {
        const value = stack.pop();
        this.#setItems([[stack.pop(), value]]);
        break;
      }
      case OPCODE.SETITEMS:
        this.#setItems(stack.popPairsToMark());
        break;
      case OPCODE.BINPUT:
        this.#memo.set(cursor.u8(), stack.top());
        break;
      case OPCODE.LONG_BINPUT:
        this.#memo.set(cursor.u32(), stack.top());
        break;
      case OPCODE.MEMOIZE:
        this.#memo.set(this.#memo.size, stack.top());
        break;
      case OPCODE.BINGET:
        this.#get(cursor.u8());
        break;
      case OPCODE.LONG_BINGET:
        this.#get(cursor.u32());
        break;
      case OPCODE.STACK_GLOBAL:
        this.#stackGlobal();
        break;
      case OPCODE.BINPERSID:
        stack.push(this.#environment.resolvePersistent(stack.pop()));
        break;
      case OPCODE.REDUCE:
      case OPCODE.NEWOBJ:
        this.#call();
        break;
      case OPCODE.BUILD:
        this.#build();
        break;
      default:
        throw unsupportedWeightsFile(
          cursor.where,
          'a pickle of tensors and plain values',
          `${opcodeName(code)} at byte ${cursor.offset - 1}`,
          'Save the state dict with torch.save(model.state_dict(), path)',
        );
    }
  }

  #protocol(version: number): void {
    if (version < 2 || version > 5) throw this.#damaged('pickle protocol 2 to 5', String(version));
  }

  /** Two's complement, little-endian: a number where it is exact, otherwise a bigint. */
  #integer(length: number): number | bigint {
    if (length < 0 || length > MAX_INTEGER_BYTES) {
      throw this.#damaged(`an integer of at most ${MAX_INTEGER_BYTES} bytes`, `one of ${length}`);
    }
    const bytes = this.#cursor.take(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
    const signed = BigInt.asIntN(8 * length, value);
    const number = Number(signed);
    return Number.isSafeInteger(number) ? number : signed;
  }

  #tuple(length: 1 | 2 | 3): void {
    const items = Array.from({ length }, () => this.#stack.pop());
    this.#stack.push(new PickleTuple(items.reverse()));
  }

  #append(values: PickleValue[]): void {
    const target = this.#stack.top();
    if (Array.isArray(target)) for (const value of values) target.push(value);
    else if (target instanceof Set) for (const value of values) target.add(value);
    else throw this.#damaged('a list or set to append to', describePickleValue(target));
  }

  #setItems(pairs: readonly [PickleValue, PickleValue][]): void {
    const target = this.#stack.top();
    if (!(target instanceof Map)) throw this.#damaged('a dict to set items of', describePickleValue(target));
    for (const [key, value] of pairs) target.set(key, value);
  }

  #get(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw this.#damaged(`a value memoized as ${index}`, 'none');
    this.#stack.push(value);
  }

  #stackGlobal(): void {
    const name = this.#stack.pop();
    const module = this.#stack.pop();
    if (typeof module !== 'string' || typeof name !== 'string') {
      throw this.#damaged('a module and a name', `${describePickleValue(module)} and ${describePickleValue(name)}`);
    }
    this.#stack.push(this.#environment.resolveGlobal(module, name));
  }

  #call(): void {
    const args = this.#stack.pop();
    const callable = this.#stack.pop();
    if (!(callable instanceof PickleFunction) || !(args instanceof PickleTuple)) {
      throw this.#damaged('a function and a tuple of arguments', describePickleValue(callable));
    }
    this.#stack.push(callable.call(args.items));
  }

  /** Attributes set on a dict (an OrderedDict's `_metadata`) mean nothing here; nothing else has any. */
  #build(): void {
    this.#stack.pop();
    const target: PickleValue | PickleDict = this.#stack.top();
    if (!(target instanceof Map)) throw this.#damaged('a dict to set attributes of', describePickleValue(target));
  }

  #damaged(expected: string, received: string): Error {
    return invalidWeightsFile(this.#cursor.where, expected, `${received} at byte ${this.#cursor.offset}`);
  }
}
