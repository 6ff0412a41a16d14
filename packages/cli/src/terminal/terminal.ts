import { styleText } from 'node:util';
import { formatJson } from '../run-folder/format-json.ts';

/** A stream to write to: what `process.stdout` and a test's collector have in common. */
export interface Output {
  /** True where a person watches: progress may redraw its line, and colours show. */
  readonly isTTY?: boolean;
  /** Width in characters, where it is known. */
  readonly columns?: number;
  /** Writes `text`; false when the stream is full. */
  write(text: string): boolean;
}

export interface TerminalOptions {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly quiet?: boolean;
  /** True when stdout carries one JSON document and nothing else. */
  readonly json?: boolean;
}

const CLEAR_LINE = '\r\u001b[2K';

type Style = Parameters<typeof styleText>[0];

/** Where a command writes: results on stdout, progress and logs on stderr. */
export class Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly quiet: boolean;
  readonly json: boolean;
  #documentWritten = false;

  constructor({ stdout, stderr, cwd, env, quiet = false, json = false }: TerminalOptions) {
    this.stdout = stdout;
    this.stderr = stderr;
    this.cwd = cwd;
    this.env = env;
    this.quiet = quiet;
    this.json = json;
  }

  /** True when progress may redraw its line. */
  get interactive(): boolean {
    return this.stderr.isTTY === true && !this.quiet && this.env.TERM !== 'dumb';
  }

  /** True once `document` was called. */
  get documentWritten(): boolean {
    return this.#documentWritten;
  }

  /** A line of the result for people. Silent under `--json`. */
  result(line = ''): void {
    if (!this.json) this.stdout.write(`${line}\n`);
  }

  /** The result for programs: the one JSON document of `--json`. */
  document(value: unknown): void {
    if (this.#documentWritten) return;
    this.#documentWritten = true;
    this.stdout.write(`${formatJson(value)}\n`);
  }

  /** A line that the config asked to be printed: on stdout, or on stderr where stdout belongs to `--json`. */
  print(line: string): void {
    if (this.quiet) return;
    if (this.interactive) this.stderr.write(CLEAR_LINE); // there may be a progress bar
    (this.json ? this.stderr : this.stdout).write(`${line}\n`);
  }

  /** A line of log or progress. Silent under `--quiet`. */
  log(line = ''): void {
    if (!this.quiet) this.stderr.write(`${line}\n`);
  }

  /** A line that `--quiet` does not silence: warnings and errors. */
  warn(line: string): void {
    this.stderr.write(`${line}\n`);
  }

  /** `text` in a style where `output` shows colours and NO_COLOR is unset. */
  style(style: Style, text: string, output: Output = this.stderr): string {
    const colours = output.isTTY === true && !this.env.NO_COLOR && this.env.TERM !== 'dumb';
    return colours ? styleText(style, text, { validateStream: false }) : text;
  }
}
