import { type MemoryDataset, syntheticDigits } from '@cnn/datasets';

/** A data set of one's own: here, a few of the synthetic digits. */
export default async function ownData({
  count,
}: {
  count: number;
}): Promise<{ train: MemoryDataset; test: MemoryDataset }> {
  return { train: syntheticDigits({ count }), test: syntheticDigits({ count: 20, split: 'test' }) };
}
