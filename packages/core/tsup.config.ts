import { packageBuild } from '../../tsup.config.base.ts';

export default packageBuild({ entry: { index: 'src/index.ts', conformance: 'src/conformance/index.ts' } });
