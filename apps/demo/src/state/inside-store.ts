import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { windowStart } from '../panels/inside/window-start.ts';
import type { ImageChoice, NetworkCard, NetworkLook, WindowValues } from '../session/inspection-request.ts';
import type { LayerCard } from '../session/layer-card.ts';
import type { FilterValues, LayerValues } from '../session/look-inside.ts';
import { coalesced } from './coalesced.ts';
import { drawings } from './drawing-store.ts';
import { broughtWeights, network } from './network-card-store.ts';
import { notifyError } from './notice-store.ts';
import { status, step } from './run-store.ts';
import { session } from './session-client.ts';
import { restartWindow, windowCell, windowChannel, windowInput } from './window-store.ts';

/** What the panel shows: every layer's maps, a window that slides, or how the layers are. */
export type InsideTab = 'maps' | 'window' | 'statistics';

export const insideTab: Signal<InsideTab> = signal('maps');
export const imageChoice: Signal<ImageChoice> = signal({ kind: 'test', index: 0 });
/** The step whose weights are shown; null for those of now. */
export const atStep: Signal<number | null> = signal(null);
/** Whether the panel is on the screen: nobody waits for a look elsewhere. */
export const insideSeen: Signal<boolean> = signal(false);
/** Layers on the screen, by their calls: only those are fetched. */
const visibleLayers: Signal<ReadonlySet<number>> = signal(new Set());
/** Input channels that kernels are shown for, by call; 0 where nothing was chosen. */
export const filterChannels: Signal<ReadonlyMap<number, number>> = signal(new Map());
/** The layer whose window slides; null for the first that has one. */
export const windowLayer: Signal<number | null> = signal(null);

/** The last look, and what was seen of each layer in it or earlier. */
export const look: Signal<NetworkLook | null> = signal(null);
export const maps: Signal<ReadonlyMap<number, LayerValues>> = signal(new Map());
export const filters: Signal<ReadonlyMap<number, FilterValues>> = signal(new Map());
export const windowValues: Signal<WindowValues | null> = signal(null);

/** Layers that have a window. */
export const windowLayers: ReadonlySignal<readonly LayerCard[]> = computed(
  () => network.value?.layers.filter(({ window }) => window) ?? [],
);
/** The one whose window slides. */
export const slidingLayer: ReadonlySignal<LayerCard | null> = computed(
  () => windowLayers.value.find(({ call }) => call === windowLayer.value) ?? windowLayers.value[0] ?? null,
);

/** What a person does is answered at once; what training changes, four times a second at most. */
const lookNow = coalesced(() => fetchLook(false), { everyMs: 50 });
const lookAgain = coalesced(() => fetchLook(true), { everyMs: 250 });

/** Keeps the look up to date with what is chosen and with training. Returns what ends it. */
export function followNetwork(): () => void {
  const ends = [
    effect(() => {
      // What a person can change, and another network.
      void [
        network.value,
        broughtWeights.value,
        imageChoice.value,
        atStep.value,
        visibleLayers.value,
        filterChannels.value,
      ];
      void [insideTab.value, slidingLayer.value, imageChoice.value.kind === 'drawing' && drawings.value];
      if (insideSeen.value) lookNow.request();
    }),
    effect(() => {
      void step.value;
      const isSeen = insideSeen.value && insideTab.value !== 'statistics' && !document.hidden;
      if (isSeen && atStep.value === null && status.value !== 'opening') lookAgain.request();
    }),
    effect(() => {
      void network.value;
      batch(() => {
        atStep.value = null;
        windowLayer.value = null;
        maps.value = new Map();
        filters.value = new Map();
        windowValues.value = null;
        restartWindow();
      });
    }),
  ];
  return () => {
    for (const end of ends) end();
    lookNow.cancel();
    lookAgain.cancel();
  };
}

/** Marks a layer as on the screen, or no longer. */
export function setVisible(call: number, visible: boolean): void {
  if (visibleLayers.peek().has(call) === visible) return;
  const next = new Set(visibleLayers.peek());
  if (visible) next.add(call);
  else next.delete(call);
  visibleLayers.value = next;
}

/** Where nothing was chosen, the window begins where there is most to see, and stays there while the network trains. */
function takeWindow(values: WindowValues, card: NetworkCard): void {
  windowValues.value = values;
  const window = card.layers[values.call]?.window;
  const isChosen = [windowChannel, windowInput, windowCell].every((choice) => choice.peek() !== null);
  if (!window || isChosen) return;
  const start = windowStart(window, values);
  windowChannel.value ??= start.channel;
  windowInput.value ??= start.inputChannel;
  windowCell.value ??= start.cell;
}

let asked = 0;
let answered = 0;
let shownMoment = '';

async function fetchLook(patient: boolean): Promise<void> {
  const card = network.peek();
  if (!card || insideTab.peek() === 'statistics') return;
  const number = ++asked;
  const moment = JSON.stringify([imageChoice.peek(), atStep.peek()]);
  const isWindow = insideTab.peek() === 'window';
  const visible = isWindow ? [] : [...visibleLayers.peek()].filter((call) => call < card.layers.length);
  const withFilters = visible.filter((call) => card.layers[call]?.filterShape);
  try {
    const next = await session().inspection.look({
      image: imageChoice.peek(),
      maps: visible,
      filters: withFilters.map((call) => ({ call, inputChannel: filterChannels.peek().get(call) ?? 0 })),
      window: isWindow ? (slidingLayer.peek()?.call ?? null) : null,
      atStep: atStep.peek(),
      patient,
    });
    // Answers may overtake each other, and belong to a network that is gone.
    if (!next || number < answered || next.run !== network.peek()?.run) return;
    answered = number;
    batch(() => {
      look.value = next;
      // What was seen of layers off the screen stays while it is of the same image at the same time.
      const isSame = moment === shownMoment;
      shownMoment = moment;
      maps.value = new Map([
        ...(isSame ? maps.peek() : []),
        ...next.maps.map((values) => [values.call, values] as const),
      ]);
      filters.value = new Map([...filters.peek(), ...next.filters.map((values) => [values.call, values] as const)]);
      if (next.window) takeWindow(next.window, card);
    });
  } catch (error) {
    notifyError('The network cannot be looked into', error);
  }
}
