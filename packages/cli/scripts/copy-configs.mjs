// Before packing: the repository's configs go into the package, so that `cnn-cli run quickstart` works anywhere.
import { cpSync, rmSync } from 'node:fs';

const target = new URL('../configs/', import.meta.url);
rmSync(target, { recursive: true, force: true });
cpSync(new URL('../../../configs/', import.meta.url), target, { recursive: true });
