import type { CatalogueEntry } from './catalogue.ts';

const TRAIN_BATCHES = [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`);
const TEST_BATCH = 'test_batch.bin';

/** Small colour photographs. The checksum is known of the archive alone, not of its members. */
export const CIFAR10: CatalogueEntry = {
  name: 'cifar10',
  title: 'CIFAR-10: small colour photographs',
  format: 'cifar',
  classNames: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  sampleShape: [32, 32, 3],
  counts: { train: 50_000, test: 10_000 },
  mean: [0.4914, 0.4822, 0.4465],
  std: [0.247, 0.2435, 0.2616],
  parts: {
    train: TRAIN_BATCHES.map((file) => ({ file, md5: null })),
    test: [{ file: TEST_BATCH, md5: null }],
  },
  archives: [
    {
      file: 'cifar-10-binary.tar.gz',
      md5: 'c32a1d4ab5d03f1284b67883e8d87530',
      parts: [...TRAIN_BATCHES, TEST_BATCH],
    },
  ],
  mirrors: ['https://www.cs.toronto.edu/~kriz/', 'https://cave.cs.toronto.edu/kriz/'],
  folders: ['cifar10', 'cifar-10-batches-bin', 'cifar10/cifar-10-batches-bin'],
  licence: 'No licence stated by its authors',
  homepage: 'https://www.cs.toronto.edu/~kriz/cifar.html',
  citation: 'A. Krizhevsky. Learning multiple layers of features from tiny images. Technical report, 2009.',
};
