import { CnnError, type CnnErrorCode } from '@cnn/core';
import { EXIT_CODES, type ExitCode } from '../exit-code.ts';
import { describeFileError, isSystemError } from '../run-folder/file-error.ts';
import type { Terminal } from './terminal.ts';
import { wrapText } from './wrap-text.ts';

/** Errors that the person at the keyboard puts right by changing the command or the config. */
const USAGE_ERRORS: ReadonlySet<string> = new Set<CnnErrorCode>([
  'already-exists',
  'invalid-argument',
  'invalid-config',
  'invalid-shape',
  'state-mismatch',
  'unsupported',
]);

/**
 * Tells why a command failed: a line a problem on stderr, and under `--json` one document `{ error: { code, message } }`
 * on stdout if none was written. A stack is shown only when the environment variable DEBUG is set.
 *
 * @param document False where the command writes its own.
 * @returns The exit code that the error calls for.
 */
export function reportError(
  error: unknown,
  terminal: Terminal,
  { document = true }: { document?: boolean } = {},
): ExitCode {
  const { code, message } = describe(error);
  for (const line of message.split('\n')) terminal.warn(`${terminal.style('red', 'error:')} ${shown(line, terminal)}`);
  if (terminal.env.DEBUG) terminal.warn(stackOf(error));
  if (terminal.json && document) terminal.document({ error: { code, message } });
  if (code === 'aborted') return EXIT_CODES.interrupted;
  return USAGE_ERRORS.has(code) ? EXIT_CODES.usage : EXIT_CODES.failed;
}

/** As it is where programs read; broken at words where a person does. */
function shown(line: string, { stderr }: Terminal): string {
  const { columns = 80 } = stderr;
  return stderr.isTTY ? wrapText(line, { width: columns, offset: 'error: '.length, indent: 2 }) : line;
}

function describe(error: unknown): { code: string; message: string } {
  if (error instanceof CnnError) return { code: error.code, message: error.message };
  if (isSystemError(error)) return describe(describeFileError(error));
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `cnn-cli: expected no failure here, received ${JSON.stringify(message)}. Run it again with DEBUG=1 to see where it comes from.`,
  };
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
