import { preprocessingOf } from '@cnn/cli/experiment';
import { CnnError } from '@cnn/core';
import { decodeCheckpoint } from '@cnn/trainer';
import { transfer } from 'comlink';
import type { OpenRun, RunHolder } from './open-run.ts';

/** Gives the weights of the open run to the person, and takes theirs. */
export class WeightsService {
  readonly #holder: RunHolder;

  constructor(holder: RunHolder) {
    this.#holder = holder;
  }

  /**
   * A safetensors file of the weights as they are now, in PyTorch's names and layout; how images are prepared and what
   * was trained stand in its metadata.
   */
  async exportWeights(): Promise<Uint8Array> {
    const run = this.#run('export');
    const [{ configText }, { exportSafetensors }] = await Promise.all([
      import('./config-yaml.ts'),
      import('./weight-files.ts'),
    ]);
    const bytes = await run.between.run(() =>
      exportSafetensors(run.model, {
        preprocessing: preprocessingOf(run.config, run),
        metadata: { 'cnn.config': configText(run.config), 'cnn.step': String(run.trainer.state.step) },
      }),
    );
    return transfer(bytes, [bytes.buffer]);
  }

  /**
   * Puts weights from a file into the network: safetensors, `.pt` or `.pth`. A checkpoint's too.
   *
   * @throws CnnError `invalid-file`, `unsupported`; `state-mismatch` naming each tensor that does not fit.
   */
  async importWeights(bytes: Uint8Array, name: string): Promise<void> {
    const run = this.#run('import');
    const { openWeights } = await import('./weight-files.ts');
    const { state } = openWeights(bytes, { name });
    const weights = new Map([...state].filter(([key]) => !key.includes('/'))); // moments of a checkpoint have slashes
    await run.between.run(() => {
      try {
        run.model.loadStateDict(weights);
      } catch (error) {
        throw notOfThisNetwork(error, name);
      }
      run.changes.weightsBrought(run.trainer.state.step, name);
    });
  }

  /** Whether the bytes are those of a whole run, a checkpoint, rather than of weights alone. */
  isRun(bytes: Uint8Array): boolean {
    try {
      decodeCheckpoint(bytes);
      return true;
    } catch {
      return false; // what it is instead, importWeights says
    }
  }

  #run(what: string): OpenRun {
    const run = this.#holder.current();
    if (run) return run;
    throw new CnnError('invalid-argument', {
      where: `weights ${what}`,
      expected: 'an open run',
      received: 'none',
      remedy: 'Wait until the page has made its network',
    });
  }
}

/** The library's remedy is for who writes code; a person at the page chooses another network. */
function notOfThisNetwork(error: unknown, name: string): unknown {
  if (!(error instanceof CnnError) || error.code !== 'state-mismatch') return error;
  const received = /received (.*)\. [A-Z]/s.exec(error.message)?.[1] ?? 'others';
  const parts = {
    where: name,
    expected: 'the weights of this very network',
    received,
    remedy: 'Choose the network that they were saved from in the panel “Network”, then open them again',
  };
  return new CnnError('state-mismatch', parts, { cause: error });
}
