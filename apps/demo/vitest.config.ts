import { packageTests } from '../../vitest.package.ts';

// One browser at a time: what is measured in it is measured alone.
export default packageTests('demo', { fileParallelism: false });
