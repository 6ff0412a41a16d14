import { type Signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useSeen } from '../../components/use-seen.ts';
import { followNetwork, type InsideTab, insideSeen, insideTab } from '../../state/inside-store.ts';
import { network } from '../../state/network-card-store.ts';
import { recordStatistics } from '../../state/statistics-store.ts';
import '../../styles/inside.css';
import { ImagePicker } from './image-picker.tsx';
import { LayerRow } from './layer-row.tsx';
import { StatisticsView } from './statistics-view.tsx';
import { TimeSlider } from './time-slider.tsx';
import { WindowView } from './window-view.tsx';

const TABS: readonly (readonly [tab: InsideTab, title: string])[] = [
  ['maps', 'Maps'],
  ['window', 'Slide a window'],
  ['statistics', 'Health'],
];

/** Units of a last layer that are shown as bars. */
const MOST_BARS = 16;

/** What goes on in the network for one image, now and since the first step. */
export function InsidePanel(): JSX.Element {
  const scale = useSignal<'each' | 'shared'>('shared');
  const panel = useRef<HTMLElement>(null);
  useSeen(panel, insideSeen);
  useEffect(followNetwork, []);
  useEffect(recordStatistics, []);
  const tab = insideTab.value;
  return (
    <section ref={panel} class="panel inside" aria-labelledby="inside">
      <h2 id="inside">Inside</h2>
      <p>One image on its way through the network: every layer makes new pictures of the pictures before.</p>
      <Tabs />
      <div role="tabpanel" id="inside-content" aria-labelledby={`inside-${tab}`}>
        {tab !== 'statistics' && (
          <div class="inside-bar">
            <ImagePicker />
            <TimeSlider />
          </div>
        )}
        {tab === 'maps' && <Layers scale={scale} />}
        {tab === 'window' && <WindowView />}
        {tab === 'statistics' && <StatisticsView />}
      </div>
    </section>
  );
}

/** Arrow keys go from tab to tab. */
function Tabs(): JSX.Element {
  const press = (event: KeyboardEvent): void => {
    const towards = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!towards) return;
    const at = TABS.findIndex(([tab]) => tab === insideTab.value);
    insideTab.value = TABS[(at + towards + TABS.length) % TABS.length]![0];
    document.getElementById(`inside-${insideTab.value}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Inside" onKeyDown={press}>
      {TABS.map(([tab, title]) => (
        <button
          key={tab}
          id={`inside-${tab}`}
          type="button"
          role="tab"
          aria-selected={insideTab.value === tab}
          aria-controls="inside-content"
          tabIndex={insideTab.value === tab ? 0 : -1}
          onClick={() => {
            insideTab.value = tab;
          }}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

function Layers({ scale }: { readonly scale: Signal<'each' | 'shared'> }): JSX.Element {
  const layers = network.value?.layers ?? [];
  const names = network.value?.classNames ?? [];
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={scale.value === 'each'}
          onChange={({ currentTarget }) => {
            scale.value = currentTarget.checked ? 'each' : 'shared';
          }}
        />
        Each map on its own scale
      </label>
      <div class="inside-layers">
        {layers.map((card) => {
          const isLast = card.call === layers.length - 1 && card.outputShape.length === 1;
          const isScores = isLast && card.outputShape[0] === names.length && names.length <= MOST_BARS;
          return (
            <LayerRow
              key={`${network.value?.run} ${card.call}`}
              card={card}
              scale={scale.value}
              names={isScores ? names : null}
            />
          );
        })}
      </div>
    </>
  );
}
