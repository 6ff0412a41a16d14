import { packageTests } from '../../vitest.package.ts';

export default packageTests('datasets', { isolate: false });
