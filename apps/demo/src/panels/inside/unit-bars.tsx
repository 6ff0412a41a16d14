import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import type { LayerCard } from '../../session/layer-card.ts';
import { maps } from '../../state/inside-store.ts';
import { readable } from './statistics-reading.ts';

/** The few units of a last layer as bars to both sides of zero, by class. */
export function UnitBars({
  card,
  names,
}: {
  readonly card: LayerCard;
  readonly names: readonly string[];
}): JSX.Element {
  const values = useComputed(() => maps.value.get(card.call)?.values ?? null);
  const all = values.value ?? new Float32Array(names.length);
  const reach = all.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  const best = all.indexOf(all.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY));
  return (
    <ol class="unit-bars" aria-label="Scores of the classes">
      {names.map((name, index) => (
        <li key={name} class={index === best ? 'best' : undefined}>
          <span>{name}</span>
          <i style={{ '--from': Math.min(0, all[index]! / reach), '--to': Math.max(0, all[index]! / reach) }} />
          <span>{readable(all[index]!)}</span>
        </li>
      ))}
    </ol>
  );
}
