import { cpuBackend, Generator, selectBackend } from '@cnn/core';
import { createModel, summary } from '@cnn/models';
import { beforeAll, expect, it } from 'vitest';
import { ZOO_NETWORKS } from './zoo-layers.ts';

beforeAll(async () => {
  await selectBackend('cpu', [cpuBackend()]);
});

it.each(ZOO_NETWORKS.map((network) => [network.name, network] as const))(
  '%s as a list of layers is the network of the zoo, weight for weight',
  async (name, { layers }) => {
    const zoo = createModel(name, { classes: 7, generator: new Generator(1) });
    const copy = createModel('sequential', { layers: layers(7), generator: new Generator(1) });
    const sizes = (model: typeof zoo) =>
      summary(model, { input: [1, 28, 28] }).layers.map(({ type, outputShape, formula }) => [
        type,
        outputShape,
        formula,
      ]);
    expect(sizes(copy)).toEqual(sizes(zoo));
    expect([...(await copy.stateDict()).values()]).toEqual([...(await zoo.stateDict()).values()]);
    zoo.dispose();
    copy.dispose();
  },
);
