import { readFileSync } from 'node:fs';

/** PyTorch's numbers for one notebook and seed. Made by `scripts/fixtures/notebooks.py`, which says what each field is. */
export interface NotebookFixture {
  readonly model: string;
  /** Name in the zoo. */
  readonly name: string;
  readonly seed: number;
  readonly params: Readonly<
    Record<string, { readonly shape: number[]; readonly sha256: string; readonly sum: number }>
  >;
  readonly formula: { readonly logits: number[][]; readonly loss: number; readonly grads: GradientSummaries };
  readonly first_batch_indices: readonly number[];
  readonly first_batch_logits: readonly (readonly number[])[];
  readonly first_grads: GradientSummaries;
  readonly losses: readonly number[];
  readonly epochs: readonly { readonly train_loss_sum: number; readonly test_accuracy: number }[];
}

/** Norm and first four values per parameter, in PyTorch's layout. */
export type GradientSummaries = Readonly<Record<string, { readonly norm: number; readonly first: number[] }>>;

/** All five notebooks, seeds 0 and 1. */
export const NOTEBOOK_RUNS: readonly (readonly [notebook: string, seed: number])[] = [0, 1].flatMap((seed) =>
  ['000', '001', '002', '003', '004'].map((notebook) => [notebook, seed] as const),
);

/** Reads one fixture. */
export function notebookFixture(notebook: string, seed: number): NotebookFixture {
  const file = new URL(`./fixtures/notebook-${notebook}-seed${seed}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as NotebookFixture;
}
