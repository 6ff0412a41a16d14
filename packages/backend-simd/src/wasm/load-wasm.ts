import { CnnError } from '@cnn/core';
import type { FeatureLevel } from './feature-level.ts';
import { withUnsharedMemory } from './memory-import.ts';

/**
 * Compiles the kernels, embedded in the package or fetched from `url`.
 *
 * @throws CnnError `network` when `url` cannot be read; `unsupported` when a content security policy forbids WebAssembly.
 */
export async function loadWasm(
  level: FeatureLevel,
  options: { readonly url: string | URL | undefined; readonly shared: boolean },
): Promise<WebAssembly.Module> {
  const binary =
    options.url === undefined
      ? await embedded(level)
      : await fetched(`${String(options.url).replace(/\/?$/, '/')}cnn-kernels-${level}.wasm`);
  try {
    return await WebAssembly.compile(options.shared ? binary : withUnsharedMemory(binary));
  } catch (cause) {
    throw new CnnError(
      'unsupported',
      {
        where: 'simd backend',
        expected: `the WebAssembly kernels of level ${level} to compile`,
        received: String(cause),
        remedy: "In a page with a content security policy allow 'wasm-unsafe-eval' in script-src",
      },
      { cause },
    );
  }
}

async function embedded(level: FeatureLevel): Promise<Uint8Array<ArrayBuffer>> {
  // One chunk per level, so that a page loads only the one that it runs.
  const { wasmBase64 } =
    level === 'relaxed' ? await import('./generated/relaxed-wasm.ts') : await import('./generated/simd-wasm.ts');
  const text = atob(wasmBase64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

async function fetched(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const failed = (received: string, cause?: unknown): CnnError =>
    new CnnError(
      'network',
      {
        where: 'registerSimdBackend.wasmUrl',
        expected: 'the address of the folder with cnn-kernels-<level>.wasm',
        received,
        remedy:
          'Serve the files from the folder dist of the package at that address, or leave wasmUrl out to use the embedded one',
      },
      { cause },
    );
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw failed(`${url} (${String(cause)})`, cause);
  }
  if (!response.ok) throw failed(`${url} (HTTP ${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}
