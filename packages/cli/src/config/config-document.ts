import { CnnError } from '@cnn/core';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** A path into a config: keys and list indexes. */
export type ConfigPath = readonly (string | number)[];

/** A YAML file that knows on which line each of its values stands. */
export class ConfigDocument {
  /** The file as the user named it, for messages. */
  readonly label: string;
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;

  /** @throws CnnError `invalid-config` with every syntax error and its line and column. */
  constructor(text: string, label: string) {
    this.label = label;
    this.#lines = new LineCounter();
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, merge: true });
    if (this.#document.errors.length > 0) {
      const problems = this.#document.errors.map(({ message, pos }) => {
        const finding = message.replace(/\s+/g, ' ').replace(/\.$/, '');
        return `${this.position(pos[0])}: expected YAML, received a syntax error: ${finding}. Correct the line.`;
      });
      throw new CnnError('invalid-config', problems.join('\n'));
    }
  }

  /** The file's content as plain values; `{}` when it is empty. */
  value(): unknown {
    return this.#document.toJS({ maxAliasCount: 100 }) ?? {};
  }

  /** `file:line:column` of the character at `offset`. */
  position(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.label}:${line}:${col}`;
  }

  /** True when the file has a value at `path`. */
  has(path: ConfigPath): boolean {
    return this.#nodeAt(path) !== undefined;
  }

  /** Where the value at `path` begins in the text, or the nearest thing around it that is there. */
  valueOffset(path: ConfigPath): number {
    for (let length = path.length; length >= 0; length--) {
      const start = this.#nodeAt(path.slice(0, length))?.range?.[0];
      if (start !== undefined) return start;
    }
    return 0;
  }

  /** Where the last key of `path` begins in the text. */
  keyOffset(path: ConfigPath): number {
    const parent = this.#nodeAt(path.slice(0, -1));
    if (!isMap(parent)) return this.valueOffset(path);
    const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)));
    const start = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
    return start ?? this.valueOffset(path);
  }

  #nodeAt(path: ConfigPath): Node | undefined {
    let node: Node | null | undefined = this.#document.contents;
    for (const key of path) {
      if (isAlias(node)) node = node.resolve(this.#document);
      if (!isMap(node) && !isSeq(node)) return undefined;
      const child: unknown = node.get(key, true);
      node = isNode(child) ? child : undefined;
    }
    return node ?? undefined;
  }
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}
