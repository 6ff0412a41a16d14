import { CnnError, type JsonValue } from '@cnn/core';
import { changedKeys } from './changed-keys.ts';

/** How a run goes on from its last checkpoint. */
export interface ResumeOptions {
  /** Go on although the config has changed since. */
  readonly force?: boolean;
  /** Keys that may change, for example `trainer.epochs`; each stands for those below it too. */
  readonly mayChange?: readonly string[];
}

/** @throws CnnError `state-mismatch` naming each key whose value has changed since the checkpoint. */
export function refuseChangedConfig(
  saved: JsonValue,
  given: JsonValue,
  { force, mayChange = [] }: ResumeOptions,
): void {
  if (force) return;
  const allowed = (key: string): boolean => mayChange.some((free) => key === free || key.startsWith(`${free}.`));
  const changed = changedKeys(saved, given).filter((key) => !allowed(key));
  if (changed.length === 0) return;
  throw new CnnError('state-mismatch', {
    where: 'resume, config',
    expected: 'the config that the run was started with',
    received: `changes in ${changed.join(', ')}`,
    remedy: 'Take the changes back, start a new run, or force the resume',
  });
}
