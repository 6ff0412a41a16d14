import { config } from './config-store.ts';
import { backend, passedOver } from './run-store.ts';

/** Why the run computes on what it computes on, in a sentence. */
export function backendReason(): string {
  const details = backend.value;
  if (!details) return 'The network is being made.';
  const { name } = details;
  const asked = config.value.backend;
  const refused = passedOver.value.map((other) => other.name);
  if (refused.length > 0) return `${refused.join(', ')} cannot be used here, so it is ${name}.`;
  if (asked === name) return `You or the link asked for ${name}.`;
  return name === 'simd'
    ? 'simd starts at once, and gives the same digits on every machine of the same level.'
    : `${name} was found.`;
}
