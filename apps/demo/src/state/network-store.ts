import type { LayerSpec } from '@cnn/models';
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import { ZOO_NETWORKS } from '../panels/network/zoo-layers.ts';
import type { LayerKindFacts, NetworkPlan } from '../session/network-plan.ts';
import { config, editConfig } from './config-store.ts';
import { dataFacts } from './data-facts-store.ts';
import { notifyError } from './notice-store.ts';
import { step } from './run-store.ts';
import { session } from './session-client.ts';

/** A network on the page: one of the zoo as it is, or layers of one's own. */
export interface NetworkDraft {
  /** `sequential` for layers of one's own; another name without layers for a network that is no list of them. */
  readonly name: string;
  readonly layers: readonly LayerSpec[];
}

/** What is shown, and edited where it is one's own. It becomes the run's once it is legal. */
export const draft: Signal<NetworkDraft> = signal(draftOf(config.peek().model));
/** Of the draft; null until the Worker has answered for the first time. */
export const plan: Signal<NetworkPlan | null> = signal(null);
/** The layers that there are; empty until the Worker has told. */
export const kinds: Signal<readonly LayerKindFacts[]> = signal([]);

/** True where the network can be shown as a list of layers: a residual one cannot. */
export const isList: ReadonlySignal<boolean> = computed(
  () => draft.value.name === 'sequential' || ZOO_NETWORKS.some(({ name }) => name === draft.value.name),
);
/** True where the draft is not the network of the run. */
export const differs: ReadonlySignal<boolean> = computed(
  () => JSON.stringify(draft.value) !== JSON.stringify(draftOf(config.value.model)),
);
/** True where the draft waits for a word: it is legal, but a run that has trained would begin anew. */
export const waits: ReadonlySignal<boolean> = computed(
  () => differs.value && plan.value?.problem === null && step.value > 0,
);

let asked = 0;

let following = false;

/** From now on the draft is planned as it changes, and follows the configuration. Called by who shows it. */
export function followNetwork(): void {
  if (following) return;
  following = true;
  void session()
    .network.kinds()
    .then((all) => {
      kinds.value = all;
    });
  let former = JSON.stringify(config.peek().model);
  effect(() => {
    const model = JSON.stringify(config.value.model);
    if (model === former) return; // Another key changed: what is being edited stays.
    former = model;
    untracked(() => discardDraft());
  });
  effect(() => {
    const { classes } = dataFacts.value;
    const { name } = draft.peek();
    const zoo = ZOO_NETWORKS.find((network) => network.name === name);
    if (zoo) draft.value = { name, layers: zoo.layers(classes) };
  });
  effect(() => {
    if (isList.value) void planDraft(draft.value.layers);
    else plan.value = null;
  });
}

/** Shows another network; it is trained at once where nothing is lost by it. */
export function chooseNetwork(name: string): void {
  const network = ZOO_NETWORKS.find((candidate) => candidate.name === name);
  if (network) draft.value = { name, layers: network.layers(dataFacts.peek().classes) };
}

/** Makes the layers that are shown one's own, or changes them. */
export function editLayers(layers: readonly LayerSpec[]): void {
  draft.value = { name: 'sequential', layers };
}

/** Begins a new run with the draft. */
export function useDraft(): void {
  const { name, layers } = draft.peek();
  editConfig((current) => ({
    ...current,
    model:
      name === 'sequential'
        ? { name, input: null, layers: layers.map((layer) => (typeof layer === 'string' ? { name: layer } : layer)) }
        : zooModel(name),
  }));
}

/** Shows the run's network again. */
export function discardDraft(): void {
  draft.value = draftOf(config.peek().model);
}

async function planDraft(layers: readonly LayerSpec[]): Promise<void> {
  const { input, classes } = dataFacts.value;
  const question = ++asked;
  try {
    const answer = await session().network.plan({ input, layers, classes });
    if (question !== asked) return; // A later question is on its way.
    plan.value = answer;
    if (answer.problem === null && differs.peek() && step.peek() === 0) useDraft();
  } catch (error) {
    notifyError('The network could not be planned', error);
  }
}

function zooModel(name: string): (typeof config.value)['model'] {
  const fromData = { classes: null, inChannels: null, imageSize: null };
  return name === 'mlp' ? { name, ...fromData, hidden: null } : { name, ...fromData };
}

function draftOf(model: (typeof config.value)['model']): NetworkDraft {
  const zoo = ZOO_NETWORKS.find(({ name }) => name === model.name);
  if (zoo) return { name: model.name, layers: zoo.layers(dataFacts.peek().classes) };
  if (!Array.isArray(model.layers)) return { name: model.name, layers: [] };
  return { name: 'sequential', layers: (model.layers as LayerSpec[]).map(brief) };
}

/** A layer without options is its name. */
function brief(layer: LayerSpec): LayerSpec {
  return typeof layer === 'object' && Object.keys(layer).length === 1 ? layer.name : layer;
}
