import type { BackendDetails, BackendDriver } from '@cnn/core';
import { CnnError } from '@cnn/core';
import { backend, findBackend, registerBackend, setBackend } from '@tensorflow/tfjs-core';
import packageJson from '../package.json' with { type: 'json' };
import { SIMD_PRIORITY } from './register-simd-backend.ts';
import type { SimdBackend } from './simd-backend.ts';
import type { SimdBackendOptions } from './simd-backend-options.ts';

/**
 * The driver of this backend for `selectBackend` of `@cnn/core`. A backend that is registered already is used as it is,
 * with the number of threads asked for; at another feature level than was asked for, it is refused.
 *
 * @example
 * await selectBackend('simd', [simdBackend()], { threads: 'auto' });
 */
export function simdBackend(options: Omit<SimdBackendOptions, 'threads'> = {}): BackendDriver {
  return {
    name: 'simd',
    async load({ threads }): Promise<BackendDetails> {
      if (!findBackend('simd')) {
        const { createSimdBackend } = await import('./create-simd-backend.ts');
        // Made before it is registered: tfjs-core prints the errors of a factory and does not pass them on.
        const created = await createSimdBackend({ ...options, threads });
        registerBackend('simd', () => created, SIMD_PRIORITY);
      }
      if (!(await setBackend('simd'))) {
        throw new CnnError('unsupported', {
          where: 'simd backend',
          expected: 'tfjs-core to make it current',
          received: 'a refusal',
          remedy: "Call tf.removeBackend('simd') first if another package registered that name",
        });
      }
      const current = backend() as SimdBackend;
      requireLevel(current, options.featureLevel);
      current.setThreads(threads);
      return {
        name: 'simd',
        tfjsName: 'simd',
        threads: current.threads,
        featureLevel: current.featureLevel,
        version: packageJson.version,
      };
    },
  };
}

/** Results differ across levels: who asked for one does not get another. */
function requireLevel({ featureLevel }: SimdBackend, wanted: SimdBackendOptions['featureLevel'] = 'auto'): void {
  if (wanted === 'auto' || wanted === featureLevel) return;
  throw new CnnError('unsupported', {
    where: 'simdBackend.featureLevel',
    expected: `the backend at the level ${wanted}`,
    received: `one that already computes at the level ${featureLevel}, and tensors that are its own`,
    remedy: "Start anew (reload the page), or call tf.removeBackend('simd') when its tensors are no longer needed",
  });
}
