import type { Config } from '@cnn/cli/config';
import type { LayerSpec } from '@cnn/models';
import { nameOf, withLayer } from '../panels/network/edit-layers.ts';
import { ZOO_NETWORKS } from '../panels/network/zoo-layers.ts';
import { dataFacts } from './data-facts-store.ts';

/** A quarter of the units off: seen in the curves, and still learning. */
const RATE = 0.25;

/** `config` with a dropout layer before the last linear layer: a network of the zoo becomes layers of one's own. */
export function withDropoutLayer(config: Config): Config {
  const zoo = ZOO_NETWORKS.find(({ name }) => name === config.model.name);
  const layers = zoo ? zoo.layers(dataFacts.peek().classes) : ((config.model.layers ?? []) as readonly LayerSpec[]);
  const last = layers.findLastIndex((layer) => nameOf(layer) === 'linear');
  const place = last < 0 ? layers.length : last;
  const named = withLayer(layers, place, { name: 'dropout', p: RATE }).map((layer) =>
    typeof layer === 'string' ? { name: layer } : layer,
  );
  return { ...config, model: { name: 'sequential', input: null, layers: named } };
}
