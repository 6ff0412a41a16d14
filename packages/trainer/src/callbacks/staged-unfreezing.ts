import { CnnError } from '@cnn/core';
import type { Run } from '../run/run.ts';
import type { Callback } from './callback.ts';

/** Which parts thaw when. */
export interface UnfreezingStage {
  /** At its start, from 1. */
  readonly epoch: number;
  /** Paths of modules, for example `layer4`; everything in them thaws. */
  readonly modules: readonly string[];
}

/**
 * Unfreezes parts of a frozen model as training goes on: first the head alone, then the last layers, then more. The
 * optimizer has all parameters from the start; those that are frozen do not move.
 *
 * @example
 * model.freeze();
 * model.fc.unfreeze();
 * const callbacks = [stagedUnfreezing({ stages: [{ epoch: 3, modules: ['layer4'] }] })];
 */
export function stagedUnfreezing({ stages }: { stages: readonly UnfreezingStage[] }): Callback {
  const thaw = (run: Run, due: (epoch: number) => boolean): string[] => {
    const modules = new Map(run.model.namedModules());
    const paths = stages.filter(({ epoch }) => due(epoch)).flatMap((stage) => stage.modules);
    for (const path of paths) modules.get(path)!.unfreeze();
    return paths;
  };
  return {
    name: 'staged-unfreezing',
    onRunStart(run) {
      checkPaths(stages, new Set([...run.model.namedModules()].map(([path]) => path)));
      thaw(run, (epoch) => epoch <= run.state.epoch); // a resumed run has a model that was frozen anew
    },
    onEpochStart(run) {
      const paths = thaw(run, (epoch) => epoch === run.state.epoch);
      if (paths.length > 0) run.notice(`unfroze ${paths.join(', ')} from epoch ${run.state.epoch} on`);
    },
  };
}

function checkPaths(stages: readonly UnfreezingStage[], known: ReadonlySet<string>): void {
  const unknown = stages.flatMap(({ modules }) => modules).filter((path) => !known.has(path));
  if (unknown.length === 0) return;
  throw new CnnError('invalid-argument', {
    where: 'stagedUnfreezing.stages',
    expected: `paths among ${[...known].filter(Boolean).join(', ')}`,
    received: unknown.join(', '),
    remedy: 'Name the fields of the model, joined by dots',
  });
}
