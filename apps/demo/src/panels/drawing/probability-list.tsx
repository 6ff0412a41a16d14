import type { JSX } from 'preact';

/** Probabilities by class. */
export interface ProbabilityListProps {
  /** One a class; null before there is anything to read. */
  readonly probabilities: ArrayLike<number> | null;
  readonly classNames: readonly string[];
}

/** Classes that are listed, all of them or the most probable. */
const MOST = 12;

/** How probable each class is; the decision stands out. */
export function ProbabilityList({ probabilities, classNames }: ProbabilityListProps): JSX.Element {
  const all = classNames.map((name, index) => ({ name, index, share: probabilities?.[index] ?? 0 }));
  const best = all.reduce((winner, entry) => (entry.share > winner.share ? entry : winner), all[0]!);
  const shown = all.length <= MOST ? all : all.toSorted((a, b) => b.share - a.share).slice(0, MOST);
  const what = classNames.every((name) => /^\d$/.test(name)) ? 'digit' : 'class';
  return (
    <ol class="probabilities" aria-label={`Probability of each ${what}`}>
      {shown.map(({ name, index, share }) => (
        <li key={index} aria-current={share > 0 && index === best.index ? 'true' : undefined}>
          <span title={name}>{name}</span>
          <span class="bar" style={{ '--share': share }} />
          <span>{probabilities ? `${(100 * share).toFixed(1)} %` : '–'}</span>
        </li>
      ))}
    </ol>
  );
}
