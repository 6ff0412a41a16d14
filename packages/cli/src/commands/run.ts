import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Outcome, profiler } from '@cnn/trainer';
import { readConfig } from '../config/read-config.ts';
import { writeConfig } from '../config/write-config.ts';
import { EXIT_CODES } from '../exit-code.ts';
import { buildExperiment } from '../experiment/build-experiment.ts';
import { interruptSignal } from '../experiment/interrupt-signal.ts';
import { trainExperiment } from '../experiment/train-experiment.ts';
import type { CommandContext, Flags } from '../program.ts';
import { type ReportSource, writeReport } from '../report/write-report.ts';
import { chooseRunFolder } from '../run-folder/choose-run-folder.ts';
import { dataFacts } from '../run-folder/data-facts.ts';
import { describeEnvironment, readEnvironment } from '../run-folder/environment.ts';
import { makeFolder } from '../run-folder/make-folder.ts';
import { runSummary } from '../run-folder/run-summary.ts';
import { writeFileAtomic, writeJsonAtomic } from '../run-folder/write-file-atomic.ts';
import { reportError } from '../terminal/report-error.ts';
import { runIntroLines } from '../terminal/run-intro-lines.ts';
import { runReportLines } from '../terminal/run-report-lines.ts';

const DRY_RUN_LINES: readonly string[] = ['Fast dev run: a batch of everything went through. Nothing was kept.'];

/** `cnn-cli run`: trains, validates and tests what a config says, and writes the run folder. */
export async function runCommand(
  source: string,
  overrides: readonly string[],
  flags: Flags,
  { terminal, signal: asked }: CommandContext,
): Promise<number> {
  const { cwd } = terminal;
  const { config, notes, runDir: sourceDir, runFile } = await readConfig(source, { cwd, overrides });
  // A run in one file goes on in a folder of its own, with what the overrides change in it.
  const resume = flags.resume === true || runFile !== null;
  const force = flags.force === true || runFile !== null;
  for (const note of notes) terminal.log(`note: ${note}`);
  const given = typeof flags.runDir === 'string' ? flags.runDir : undefined;
  const resumed = resume ? (sourceDir ?? undefined) : undefined;
  // A fast dev run only shows that everything works: what it writes goes with it.
  const isDry = config.trainer.fastDevRun !== false;
  const runDir = isDry
    ? mkdtempSync(join(tmpdir(), 'cnn-dev-run-'))
    : chooseRunFolder({ cwd, name: config.name, runDir: given ?? resumed, resume: resume && !runFile });

  const interrupt = interruptSignal({ terminal, signal: asked, meanwhile: 'finishing the step and saving' });
  try {
    const begunWith = resume ? (await readEnvironment(runDir))?.backend : undefined;
    const experiment = await buildExperiment(config, { terminal, signal: interrupt.signal, begunWith });
    try {
      const { backend, model } = experiment;
      for (const line of runIntroLines(experiment)) terminal.log(line);
      if (runFile) {
        await makeFolder(join(runDir, 'checkpoints'));
        await writeFileAtomic(join(runDir, 'checkpoints', 'last.safetensors'), runFile.bytes);
        terminal.log(`Going on from step ${runFile.step.toLocaleString('en')} of ${source}.`);
      } else if (resume && !existsSync(join(runDir, 'checkpoints', 'last.safetensors'))) {
        terminal.log('note: no checkpoint was written yet, starting from the beginning');
      }
      const onBegin = async (): Promise<void> => {
        await makeFolder(runDir);
        const keepsConfig = resume && !force && existsSync(join(runDir, 'config.yaml'));
        if (!keepsConfig) await writeConfig(join(runDir, 'config.yaml'), config);
        await writeJsonAtomic(join(runDir, 'environment.json'), await describeEnvironment(backend, cwd));
        await writeJsonAtomic(join(runDir, 'data.json'), dataFacts(experiment.data));
      };
      const { signal } = interrupt;
      const watch = flags.profile === true ? profiler() : undefined;
      const trained = await trainExperiment(experiment, { terminal, runDir, resume, force, signal, watch, onBegin });
      const { outcome } = trained;
      const summary = runSummary(outcome, { model, backend });
      const failures: unknown[] = [...outcome.errors];
      await writeResults({ ...trained, runDir, experiment, summary }).catch((error) => failures.push(error));

      if (watch) for (const line of watch.table().split('\n')) terminal.log(line);
      if (terminal.json) terminal.document(summary);
      const folder = relative(cwd, runDir) || '.';
      const bold = (text: string): string => terminal.style('bold', text, terminal.stdout);
      const report = isDry && outcome.errors.length === 0 ? DRY_RUN_LINES : runReportLines(summary, folder, { bold });
      for (const line of report) terminal.result(line);
      return exitCodeOf(outcome, failures);
    } finally {
      experiment.dispose();
    }
  } finally {
    interrupt.dispose();
    if (isDry) rmSync(runDir, { recursive: true, force: true });
  }

  function exitCodeOf({ status }: Outcome, failures: readonly unknown[]): number {
    if (status === 'interrupted' && failures.length === 0) {
      terminal.warn(`Saved. Go on with: cnn-cli run ${relative(cwd, runDir) || '.'} --resume`);
      return EXIT_CODES.interrupted;
    }
    const codes = failures.map((error) => reportError(error, terminal));
    return codes[0] ?? EXIT_CODES.done;
  }
}

async function writeResults(source: ReportSource): Promise<void> {
  const { runDir, summary, outcome } = source;
  await writeJsonAtomic(join(runDir, 'summary.json'), summary);
  const confusion = outcome.testResults?.confusionMatrix;
  if (confusion) await writeJsonAtomic(join(runDir, 'confusion-matrix.json'), confusion);
  await writeReport(source);
}
