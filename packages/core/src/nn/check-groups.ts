import { CnnError } from '../errors/cnn-error.ts';

/** `groups`, checked. @throws CnnError `invalid-argument` with the legal values when it does not divide the channels. */
export function checkGroups(kind: string, groups: number, inChannels: number, outChannels: number): number {
  const fits = (count: number): boolean => inChannels % count === 0 && outChannels % count === 0;
  if (Number.isInteger(groups) && groups >= 1 && fits(groups)) return groups;
  const legal = Array.from({ length: Math.min(inChannels, outChannels) }, (_, i) => i + 1).filter(fits);
  throw new CnnError('invalid-argument', {
    where: `${kind}.groups`,
    expected: `a divisor of ${inChannels} input and ${outChannels} output channels`,
    received: String(groups),
    remedy: `Pass one of ${legal.join(', ')}`,
  });
}
