import { Command, Option } from 'commander';
import { HELP_EXAMPLES, helpLayout } from './help.ts';
import { packageVersion } from './package-facts.ts';
import type { Output, Terminal } from './terminal/terminal.ts';

/** What a command's work is given besides its arguments. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Interrupts as Ctrl+C does. */
  readonly signal?: AbortSignal | undefined;
}

/** A command's work, once its arguments are read: returns the exit code. */
type CommandAction = (context: CommandContext) => Promise<number>;

export interface ProgramOptions {
  readonly stdout: Output;
  readonly stderr: Output;
  run(output: { quiet: boolean; json: boolean }, action: CommandAction): Promise<void>;
}

/** The options of a command line, by their names in camel case. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

const OVERRIDES = ['[key=value...]', 'config values to change, for example trainer.epochs=3'] as const;
const CONFIG = 'a config file, a run folder, a run in one file, or the name of a packaged config such as quickstart';
const WEIGHTS_OR_RUN = 'a run folder, or a file of weights (.safetensors, .pt, .pth)';

/** The arguments of every command. Each command's own code is loaded when it is called, so that `--help` is quick. */
export function createProgram({ stdout, stderr, run }: ProgramOptions): Command {
  const program = new Command('cnn-cli');
  program
    .description('Train, evaluate and inspect convolutional networks from one YAML file.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show what a command does and its options')
    .helpCommand(false)
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for what can be written)')
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    })
    .configureHelp(helpLayout({ colours: stdout.isTTY === true }))
    .exitOverride()
    .addHelpText('after', HELP_EXAMPLES['cnn-cli'] ?? '');

  command('run', 'train, validate and test; writes a run folder', 'print summary.json')
    .argument('<config>', CONFIG)
    .argument(...OVERRIDES)
    .option('--run-dir <dir>', 'where to write (default: runs/<name>/<n>)')
    .option('--resume', "go on from the run folder's last checkpoint")
    .option('--force', 'with --resume: go on although the config has changed')
    .option('--profile', 'say what the steps spend their time on')
    .action((config: string, overrides: string[], flags: Flags) =>
      perform(flags, async (context) =>
        (await import('./commands/run.ts')).runCommand(config, overrides, flags, context),
      ),
    );
  command('eval', 'all metrics on the test set', 'print the metrics as JSON')
    .argument('<run-or-weights>', WEIGHTS_OR_RUN)
    .argument(...OVERRIDES)
    .action((source: string, overrides: string[], flags: Flags) =>
      perform(flags, async (context) => (await import('./commands/eval.ts')).evalCommand(source, overrides, context)),
    );
  command('predict', 'class probabilities for image files, of any size and colour', 'print the predictions as JSON')
    .argument('<run-or-weights>', WEIGHTS_OR_RUN)
    .argument('<image...>', 'image files, and key=value for a file of weights')
    .addOption(preset('--top <k>', 'how many classes to show of each image', '3'))
    .action((source: string, images: string[], flags: Flags) =>
      perform(flags, async (context) =>
        (await import('./commands/predict.ts')).predictCommand(source, images, flags, context),
      ),
    );
  command('summary', 'layer table: shapes, parameters, multiply-adds, receptive field, formulas', 'print it as JSON')
    .argument('<model-or-config>', 'a model of the zoo, a module with one (./my-model.ts), or a config')
    .argument(...OVERRIDES)
    .option('--input <shape>', 'channels x height x width, for example 1x28x28')
    .action((source: string, overrides: string[], flags: Flags) =>
      perform(flags, async (context) =>
        (await import('./commands/summary.ts')).summaryCommand(source, overrides, flags, context),
      ),
    );

  const data = program
    .command('data')
    .summary('the catalogue of data sets')
    .description('The catalogue of data sets.')
    .helpCommand(false);
  command('list', 'every data set that can be opened by name', 'print it as JSON', data).action((flags: Flags) =>
    perform(flags, async (context) => (await import('./commands/data-list.ts')).dataListCommand(context)),
  );
  command('info', 'what is known of a data set', 'print it as JSON', data)
    .argument('<name>', 'of a data set: cnn-cli data list shows them')
    .addOption(preset('--root <dir>', 'data folder', './data'))
    .action((name: string, flags: Flags) =>
      perform(flags, async (context) =>
        (await import('./commands/data-info.ts')).dataInfoCommand(name, flags, context),
      ),
    );
  command('download', 'fetch a data set, going on where an earlier download stopped', 'print the files as JSON', data)
    .argument('<name>', 'of a data set: cnn-cli data list shows them')
    .addOption(preset('--root <dir>', 'data folder', './data'))
    .action((name: string, flags: Flags) =>
      perform(flags, async (context) =>
        (await import('./commands/data-download.ts')).dataDownloadCommand(name, flags, context),
      ),
    );
  command('verify', 'compare the files with their checksums', 'print the verdicts as JSON', data)
    .argument('<name>', 'of a data set: cnn-cli data list shows them')
    .addOption(preset('--root <dir>', 'data folder', './data'))
    .action((name: string, flags: Flags) =>
      perform(flags, async (context) =>
        (await import('./commands/data-verify.ts')).dataVerifyCommand(name, flags, context),
      ),
    );
  command('export', 'write a data set as CSV: the label, then the pixels', undefined, data)
    .argument('<name>', 'of a data set: cnn-cli data list shows them')
    .requiredOption('--csv <file>', 'the file to write; - for stdout')
    .addOption(preset('--split <split>', 'train or test', 'train'))
    .option('--limit <n>', 'the first so many images')
    .addOption(preset('--root <dir>', 'data folder', './data'))
    .action((name: string, flags: Flags) =>
      perform(flags, async (context) =>
        (await import('./commands/data-export.ts')).dataExportCommand(name, flags, context),
      ),
    );

  command('convert', 'weights from one format to another', 'print what was written')
    .argument('<source>', 'a file of weights: .safetensors, .pt, .pth')
    .argument('<target>', 'a .safetensors or .onnx file, or a folder for tfjs')
    .option('--model <name>', 'the model that the weights belong to: a name of the zoo or ./my-model.ts')
    .action((source: string, target: string, flags: Flags) =>
      perform(flags, async (context) =>
        (await import('./commands/convert.ts')).convertCommand(source, target, flags, context),
      ),
    );
  command('export', 'a trained model in another format, its preprocessing with it', 'print what was written')
    .argument('<run-or-weights>', WEIGHTS_OR_RUN)
    .argument(...OVERRIDES)
    .requiredOption('--format <format>', 'safetensors, onnx or tfjs')
    .option('--out <path>', 'where to write (default: into the run folder)')
    .action((source: string, overrides: string[], flags: Flags) =>
      perform(flags, async (context) =>
        (await import('./commands/export.ts')).exportCommand(source, overrides, flags, context),
      ),
    );
  command('lr-find', 'learning-rate range test: its curve, and a rate to use', 'print the points and the suggestion')
    .argument('<config>', CONFIG)
    .argument(...OVERRIDES)
    .addOption(preset('--min-lr <rate>', 'first rate', '1e-7'))
    .addOption(preset('--max-lr <rate>', 'last rate', '10'))
    .addOption(preset('--steps <n>', 'rates to try', '100'))
    .option('--svg <file>', 'write the plot as a picture')
    .action((config: string, overrides: string[], flags: Flags) =>
      perform(flags, async (context) =>
        (await import('./commands/lr-find.ts')).lrFindCommand(config, overrides, flags, context),
      ),
    );
  command('compare', 'two or more runs side by side, and where their configs differ', 'print them as JSON')
    .argument('<run...>', 'run folders')
    .action((runs: string[], flags: Flags) =>
      perform(flags, async (context) => (await import('./commands/compare.ts')).compareCommand(runs, context)),
    );
  command('bench', "a config's training step and inference in steady state", 'print the times as JSON')
    .argument('<config>', CONFIG)
    .argument(...OVERRIDES)
    .option('--backend <name>', 'as backend=NAME')
    .option('--threads <n>', 'as threads=N')
    .addOption(preset('--steps <n>', 'steps to measure', '50'))
    .action((config: string, overrides: string[], flags: Flags) =>
      perform(flags, async (context) =>
        (await import('./commands/bench.ts')).benchCommand(config, overrides, flags, context),
      ),
    );
  command('doctor', 'what this machine can compute with, and why it cannot with the rest', 'print it as JSON')
    .option('--backend <name>', 'look at this one alone')
    .action((flags: Flags) =>
      perform(flags, async (context) => (await import('./commands/doctor.ts')).doctorCommand(flags, context)),
    );
  command('init', 'a starter project, with a network and a callback of your own', 'print the files')
    .argument('[dir]', 'where to write it (default: here)')
    .addOption(preset('--data <name>', 'synthetic-digits, mnist, csv or image-folder', 'synthetic-digits'))
    .action((folder: string, flags: Flags) =>
      perform(flags, async (context) => (await import('./commands/init.ts')).initCommand(folder, flags, context)),
    );
  command('schema', 'the JSON Schema of the config, for editors').action((flags: Flags) =>
    perform(flags, async (context) => (await import('./commands/schema.ts')).schemaCommand(context)),
  );
  return program;

  function command(name: string, description: string, json?: string, parent: Command = program): Command {
    const created = parent
      .command(name)
      .summary(description)
      .description(`${description[0]?.toUpperCase()}${description.slice(1)}.`)
      .addHelpText('after', (parent === program && HELP_EXAMPLES[name]) || '')
      .option('-q, --quiet', 'no progress and no logs: results and errors only');
    return json === undefined ? created : created.option('--json', `${json}: one document, nothing else on stdout`);
  }

  function perform({ quiet, json }: Flags, action: CommandAction): Promise<void> {
    return run({ quiet: quiet === true, json: json === true }, action);
  }
}

/** An option with a value that it has when it is left out, told as it is typed. */
function preset(flags: string, description: string, value: string): Option {
  return new Option(flags, description).default(value, value);
}
