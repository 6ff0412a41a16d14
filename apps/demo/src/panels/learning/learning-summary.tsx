import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { classNames, epochs } from '../../state/run-store.ts';
import { epochSentence, learningVerdict } from './learning-verdict.ts';

/** A reader is told no more often than this. */
const SPEAK_EVERY_MS = 8000;

/** What the curves say, in words: for the eye at once, for the ear now and then. */
export function LearningSummary(): JSX.Element {
  const { kind, text } = learningVerdict(epochs.value, classNames.value.length);
  const spoken = useSignal('');
  const spokenAt = useRef(0);
  useSignalEffect(() => {
    const last = epochs.value.at(-1);
    const now = performance.now();
    if (!last || now - spokenAt.current < SPEAK_EVERY_MS) return;
    spokenAt.current = now;
    spoken.value = epochSentence(last);
  });
  return (
    <>
      <p class={`verdict ${kind}`}>{text}</p>
      <p class="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </>
  );
}
