// Tests run the sources, so the binaries must be those of the sources.
import { buildWasm } from './build-wasm.mjs';

export async function setup() {
  await buildWasm({ ifStale: true });
}
