import { packageTests } from '../../vitest.package.ts';

export default packageTests('backend-simd', { globalSetup: ['./scripts/vitest-global-setup.mjs'] });
