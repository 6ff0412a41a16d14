import { packageTests } from '../../vitest.package.ts';

export default packageTests('trainer', { setupFiles: ['test/use-cpu-backend.ts'] });
