import type { EpochPoint } from '../../session/session-event.ts';

/** So far apart, in accuracy, train and test part. */
const APART = 0.03;
/** The test loss has risen by this part above its least. */
const RISEN = 1.1;

/** What the curves say, in a sentence that teaches. */
export interface LearningVerdict {
  readonly kind: 'early' | 'together' | 'overfitting' | 'stuck';
  readonly text: string;
}

/** Reads the epochs so far as a teacher would. `classCount`: guessing gets one of so many right. */
export function learningVerdict(epochs: readonly EpochPoint[], classCount: number): LearningVerdict {
  const last = epochs.at(-1);
  if (!last || Number.isNaN(last.test.accuracy)) {
    return { kind: 'early', text: 'After each epoch, images that were never trained on are read: the test.' };
  }
  const { train, test } = last;
  const chance = 1 / Math.max(2, classCount);
  if (epochs.length >= 2 && test.accuracy < 1.5 * chance) {
    const text = `It still guesses: ${percent(test.accuracy)} are right, and chance gives ${percent(chance)}. Try a higher or lower learning rate.`;
    return { kind: 'stuck', text };
  }
  const least = Math.min(...epochs.map((epoch) => epoch.test.loss));
  const hasParted = train.accuracy - test.accuracy > APART;
  const isWorse = test.loss > RISEN * least && train.loss < test.loss && epochs.length >= 3;
  if (hasParted && epochs.length >= 2) {
    const rising = isWorse ? ' Its test loss rises while the training loss still falls.' : '';
    const text = `Overfitting: it knows ${percent(train.accuracy)} of the training images and ${percent(test.accuracy)} of the test.${rising} More images, augmentation, dropout or weight decay help.`;
    return { kind: 'overfitting', text };
  }
  const text = `Train and test go together (${percent(train.accuracy)} and ${percent(test.accuracy)}): what it learns holds for images that it never saw.`;
  return { kind: 'together', text };
}

/** For the ear: one sentence an epoch. */
export function epochSentence({ epoch, train, test }: EpochPoint): string {
  return `Epoch ${epoch}: training loss ${train.loss.toFixed(3)}, test accuracy ${percent(test.accuracy)}.`;
}

function percent(part: number): string {
  return Number.isNaN(part) ? 'unknown' : `${(100 * part).toFixed(1)} %`;
}
