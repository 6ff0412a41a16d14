import type { Callback } from './callback.ts';

/** Prints the layer table before training. The trainer knows no model: whoever composes passes the text. */
export function modelSummary({ text, print }: { text: string; print: (text: string) => void }): Callback {
  return { name: 'model-summary', onRunStart: () => print(text) };
}
