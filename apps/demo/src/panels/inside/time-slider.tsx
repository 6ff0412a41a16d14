import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { atStep, look } from '../../state/inside-store.ts';
import { step } from '../../state/run-store.ts';

/** Pictures a second when it plays; fewer where motion is not wanted. */
const FRAME_MS = 180;
const CALM_FRAME_MS = 700;

/** The past of the network on a slider: how its filters and maps came to be. */
export function TimeSlider(): JSX.Element {
  const plays = useSignal(false);
  const steps = look.value?.history ?? [];
  const last = steps.length - 1;
  const isLive = atStep.value === null;
  const place = isLive
    ? last
    : Math.max(
        0,
        steps.findLastIndex((at) => at <= atStep.value!),
      );

  useEffect(() => {
    if (!plays.value) return undefined;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const timer = setInterval(
      () => {
        const known = look.peek()?.history ?? [];
        const next = known.find((at) => at > (atStep.peek() ?? Number.POSITIVE_INFINITY));
        if (next === undefined) plays.value = false;
        atStep.value = next ?? null;
      },
      isCalm ? CALM_FRAME_MS : FRAME_MS,
    );
    return () => clearInterval(timer);
  }, [plays.value]);

  const start = (): void => {
    if (isLive) atStep.value = steps[0] ?? null;
    plays.value = !plays.value;
  };
  const goLive = (): void => {
    plays.value = false;
    atStep.value = null;
  };
  return (
    <div class="time-slider">
      <button type="button" disabled={last < 1} onClick={start} aria-pressed={plays.value}>
        {plays.value ? 'Hold' : 'Time-lapse'}
      </button>
      <label>
        <span class="visually-hidden">Time: the step whose weights are shown</span>
        <input
          type="range"
          min={0}
          max={Math.max(0, last)}
          value={Math.max(0, place)}
          disabled={last < 1}
          aria-valuetext={isLive ? 'now' : `after step ${steps[place]}`}
          onInput={({ currentTarget }) => {
            plays.value = false;
            atStep.value = steps[Number(currentTarget.value)] ?? null;
          }}
        />
      </label>
      <output>{isLive ? `now, step ${step.value}` : `after step ${steps[place] ?? 0}`}</output>
      <button type="button" disabled={isLive} onClick={goLive}>
        Live
      </button>
    </div>
  );
}
