import { simdBackend } from '@cnn/backend-simd';
import type { Config } from '@cnn/cli/config';
import {
  type BackendDetails,
  type BackendDriver,
  type BackendName,
  cpuBackend,
  type PassedOverBackend,
  selectBackend,
  webglBackend,
  webgpuBackend,
} from '@cnn/core';
import { pageThreads } from './page-threads.ts';

/** Backends that a page can have, in the order in which `auto` tries them: simd starts at once and is exact. */
export function pageBackends({
  featureLevel = 'auto',
}: Partial<Pick<Config, 'featureLevel'>> = {}): readonly BackendDriver[] {
  return [simdBackend({ featureLevel }), webgpuBackend(), webglBackend(), cpuBackend()];
}

/** What a run was given to compute on, and why it is not what was asked for. */
export interface BackendChoice {
  readonly details: BackendDetails;
  readonly passedOver: readonly PassedOverBackend[];
}

/**
 * The backend that a config names; where it cannot be had here, the first one that can.
 *
 * @throws CnnError `unsupported` when not even plain JavaScript computes rightly.
 */
export async function chooseBackend(
  config: Pick<Config, 'backend' | 'threads' | 'featureLevel'>,
): Promise<BackendChoice> {
  const { backend, featureLevel } = config;
  const threads = pageThreads(config.threads);
  const drivers = pageBackends({ featureLevel });
  if (backend === 'auto') return choiceOf(await selectBackend('auto', drivers, { threads }), []);
  const refused: PassedOverBackend[] = [];
  try {
    const driver = drivers.filter(({ name }) => name === backend);
    if (driver.length > 0) return choiceOf(await selectBackend(backend, driver, { threads }), []);
    refused.push({ name: backend, reason: 'only Node has it' });
  } catch (error) {
    refused.push({ name: backend as BackendName, reason: error instanceof Error ? error.message : String(error) });
  }
  // A level of simd that this browser lacks leaves simd with the one it has.
  const others = pageBackends().filter(({ name }) => name !== backend || featureLevel !== 'auto');
  return choiceOf(await selectBackend('auto', others, { threads }), refused);
}

function choiceOf(details: BackendDetails, refused: readonly PassedOverBackend[]): BackendChoice {
  return { details, passedOver: [...refused, ...(details.passedOver ?? [])] };
}
