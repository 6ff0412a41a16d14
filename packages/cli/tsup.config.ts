import { packageBuild } from '../../tsup.config.base.ts';

export default packageBuild({
  entry: {
    index: 'src/index.ts',
    config: 'src/config.ts',
    experiment: 'src/experiment.ts',
    'module-hooks': 'src/modules/module-hooks.ts',
  },
  platform: 'node',
});
