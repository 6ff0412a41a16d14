import { batch } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { LayerCard } from '../../session/layer-card.ts';
import { insideTab, setVisible, windowLayer } from '../../state/inside-store.ts';
import { restartWindow, windowCell, windowChannel } from '../../state/window-store.ts';
import { FilterView } from './filter-view.tsx';
import { layerLesson } from './layer-lesson.ts';
import { MapView } from './map-view.tsx';
import { UnitBars } from './unit-bars.tsx';

/** A layer of the network. */
export interface LayerRowProps {
  readonly card: LayerCard;
  readonly scale: 'each' | 'shared';
  /** Names of the units, where they are the classes. */
  readonly names: readonly string[] | null;
}

/** What one layer makes of the image: its shape, its maps, its weights. Fetched only while it is on the screen. */
export function LayerRow({ card, scale, names }: LayerRowProps): JSX.Element {
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const watching = new IntersectionObserver(([entry]) => setVisible(card.call, entry?.isIntersecting ?? false), {
      rootMargin: '400px',
    });
    if (row.current) watching.observe(row.current);
    return () => {
      watching.disconnect();
      setVisible(card.call, false);
    };
  }, [card.call]);

  const slide = (channel: number | null, cell: readonly [number, number] | null): void => {
    batch(() => {
      restartWindow();
      windowLayer.value = card.call;
      windowChannel.value = channel;
      windowCell.value = cell;
      insideTab.value = 'window';
    });
  };
  const title = card.path || card.kind;
  return (
    <article ref={row} class="inside-layer" aria-label={title} data-call={card.call}>
      <header>
        <h3>
          {title} <small>{card.kind}</small>
        </h3>
        <span class="shape">
          {shapeOf(card.inputShape)} → <b>{shapeOf(card.outputShape)}</b>
        </span>
        {card.window && (
          <button type="button" class="link" onClick={() => slide(null, null)}>
            Slide it<span class="visually-hidden"> over the input of {title}</span>
          </button>
        )}
      </header>
      <p class="hint">{layerLesson(card)}</p>
      <div class={card.filterShape ? 'layer-views two' : 'layer-views'}>
        {names ? (
          <UnitBars card={card} names={names} />
        ) : (
          <MapView
            card={card}
            scale={scale}
            onChoose={card.window ? (channel, y, x) => slide(channel, [y, x]) : undefined}
          />
        )}
        <FilterView card={card} scale={scale} />
      </div>
    </article>
  );
}

function shapeOf(shape: readonly number[]): string {
  return shape.length === 3 ? `[${shape.join(', ')}]` : `[${shape[0]?.toLocaleString('en')}]`;
}
