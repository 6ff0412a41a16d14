import { CnnError } from '../errors/cnn-error.ts';
import { registerGradients } from '../gradients/register-gradients.ts';
import type { BackendDetails, BackendDriver, BackendName, PassedOverBackend } from './backend-driver.ts';
import { probeBackend } from './probe-backend.ts';

/** Options of `selectBackend`. */
export interface SelectBackendOptions {
  /** Threads of backends that have any. Default `auto`: as many as the machine has cores. */
  readonly threads?: number | 'auto';
  /** Check a small network's values and gradients before trusting the backend. Default true. */
  readonly probe?: boolean;
}

/**
 * Makes a backend current and registers gradients. A backend that computes wrong results here is refused as one that
 * does not load: some do so silently.
 *
 * @param request A backend by name; or `auto` for the first of `drivers` that loads and computes rightly.
 * @param drivers What there is to choose from, the preferred first, for example `[simdBackend(), cpuBackend()]`.
 * @returns What was chosen, and what was passed over and why.
 * @throws CnnError `unsupported` with the reason and the remedy; `invalid-argument` when `drivers` has none of that name.
 */
export async function selectBackend(
  request: BackendName | 'auto',
  drivers: readonly BackendDriver[],
  { threads = 'auto', probe = true }: SelectBackendOptions = {},
): Promise<BackendDetails> {
  const candidates = request === 'auto' ? drivers : drivers.filter(({ name }) => name === request);
  if (candidates.length === 0) throw unknownBackend(request, drivers);
  const passedOver: PassedOverBackend[] = [];
  for (const driver of candidates) {
    try {
      const details = await loadAndProbe(driver, threads, probe);
      return passedOver.length > 0 ? { ...details, passedOver } : details;
    } catch (error) {
      if (request !== 'auto') throw error;
      passedOver.push({ name: driver.name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  throw noneUsable(passedOver);
}

async function loadAndProbe(driver: BackendDriver, threads: number | 'auto', probe: boolean): Promise<BackendDetails> {
  const details = await driver.load({ threads });
  registerGradients(); // now: packages such as tfjs-node register their own when they load
  const wrong = probe ? await probeBackend() : [];
  if (wrong.length === 0) return details;
  throw new CnnError('unsupported', {
    where: `backend ${driver.name}`,
    expected: 'right values and gradients of a small network',
    received: wrong.map(({ operation, reason }) => `${operation}: ${reason}`).join('; '),
    remedy: 'Use another backend, for example simd; the driver of this device computes wrong results',
  });
}

function unknownBackend(request: string, drivers: readonly BackendDriver[]): CnnError {
  return new CnnError('invalid-argument', {
    where: 'selectBackend',
    expected: `one of ${drivers.map(({ name }) => name).join(', ') || 'no backend at all'}`,
    received: request,
    remedy: 'Pass its driver among the drivers, or choose one of these',
  });
}

function noneUsable(passedOver: readonly PassedOverBackend[]): CnnError {
  return new CnnError('unsupported', {
    where: 'selectBackend',
    expected: 'a backend that loads and computes rightly',
    received: passedOver.map(({ name, reason }) => `${name} (${reason})`).join('; '),
    remedy: 'Remedy one of these reasons, or pass more drivers; cpuBackend() runs everywhere',
  });
}
