import { CommanderError } from 'commander';
import { EXIT_CODES } from './exit-code.ts';
import { createProgram } from './program.ts';
import { type Output, Terminal } from './terminal/terminal.ts';

/** Where the command runs and writes; by default the process's own. */
export interface MainOptions {
  /** Where results go. Default `process.stdout`. */
  readonly stdout?: Output;
  /** Where progress, logs and errors go. Default `process.stderr`. */
  readonly stderr?: Output;
  /** Folder that relative paths start from. Default that of the process. */
  readonly cwd?: string;
  /** Environment: `NO_COLOR`, `TERM`. Default that of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Interrupts the command as Ctrl+C does: the step is finished, a checkpoint written, the exit code 130. */
  readonly signal?: AbortSignal;
}

/**
 * The command `cnn-cli`. Never throws and never exits the process.
 *
 * @param argv The arguments after the program's name.
 * @returns The exit code: 0 done, 1 the work failed, 2 the command or config is wrong, 130 interrupted.
 */
export async function main(
  argv: readonly string[],
  {
    stdout = process.stdout,
    stderr = process.stderr,
    cwd = process.cwd(),
    env = process.env,
    signal,
  }: MainOptions = {},
): Promise<number> {
  let terminal = new Terminal({ stdout, stderr, cwd, env });
  let exitCode: number = EXIT_CODES.done;
  const program = createProgram({
    stdout,
    stderr,
    async run({ quiet, json }, action) {
      terminal = new Terminal({ stdout, stderr, cwd, env, quiet, json });
      exitCode = await action({ terminal, signal });
    },
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.usage;
    // Loaded when needed: it brings @cnn/core and with it tfjs, which `--help` should not wait for.
    const { reportError } = await import('./terminal/report-error.ts');
    return reportError(error, terminal);
  }
}
