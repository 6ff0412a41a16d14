import type { OpenedEvent } from '../session/session-event.ts';
import type { Notice } from './notice-store.ts';

/** What a person is told when the run computes on something else than was to be expected; null when it does not. */
export function passedOverNotice({ backend: chosen, passedOver: refused }: OpenedEvent): Notice | null {
  const [first] = refused;
  if (!first) return null;
  const slow =
    chosen.name === 'simd' ? '' : ' Expect far fewer images a second: a small network and few images suit it.';
  return {
    kind: 'info',
    title: first.name === chosen.name ? 'The last digits may differ here' : `${first.name} cannot be used here`,
    detail: `The run computes on ${chosen.name}.${slow}\n${first.reason}`,
  };
}
