import type { CatalogueEntry } from './catalogue.ts';

const DIGITS: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** MD5 of one file: as the mirrors serve it, and of its contents where known. */
type Sums = readonly [archive: string, contents: string | null];

/** The four files that MNIST and its successors share, with their checksums. */
function idxFiles(sums: Readonly<Record<'trainImages' | 'trainLabels' | 'testImages' | 'testLabels', Sums>>): {
  parts: CatalogueEntry['parts'];
  archives: CatalogueEntry['archives'];
} {
  const files = {
    trainImages: 'train-images-idx3-ubyte',
    trainLabels: 'train-labels-idx1-ubyte',
    testImages: 't10k-images-idx3-ubyte',
    testLabels: 't10k-labels-idx1-ubyte',
  } as const;
  const part = (role: keyof typeof files) => ({ file: files[role], md5: sums[role][1] });
  const archive = (role: keyof typeof files) => ({
    file: `${files[role]}.gz`,
    md5: sums[role][0],
    parts: [files[role]],
  });
  return {
    parts: { train: [part('trainImages'), part('trainLabels')], test: [part('testImages'), part('testLabels')] },
    archives: [archive('trainImages'), archive('trainLabels'), archive('testImages'), archive('testLabels')],
  };
}

/** Handwritten digits. */
export const MNIST: CatalogueEntry = {
  name: 'mnist',
  title: 'MNIST: handwritten digits',
  format: 'idx',
  classNames: DIGITS,
  sampleShape: [28, 28, 1],
  counts: { train: 60_000, test: 10_000 },
  mean: [0.1307],
  std: [0.3081],
  ...idxFiles({
    trainImages: ['f68b3c2dcbeaaa9fbdd348bbdeb94873', '6bbc9ace898e44ae57da46a324031adb'],
    trainLabels: ['d53e105ee54ea40749a09fcbcd1e9432', 'a25bea736e30d166cdddb491f175f624'],
    testImages: ['9fb629c4189551a2d022fa330f9573f3', '2646ac647ad5339dbf082846283269ea'],
    testLabels: ['ec29112dd5afa0611ce80d1b7f02629c', '27ae3e4e09519cfbb04c329615203637'],
  }),
  mirrors: ['https://ossci-datasets.s3.amazonaws.com/mnist/', 'https://storage.googleapis.com/cvdf-datasets/mnist/'],
  folders: ['mnist', 'MNIST/raw', 'MNIST'],
  licence: 'CC BY-SA 3.0',
  homepage: 'http://yann.lecun.com/exdb/mnist/',
  citation:
    'Y. LeCun, L. Bottou, Y. Bengio, P. Haffner. Gradient-based learning applied to document recognition. Proceedings of the IEEE 86(11), 1998.',
};

/** Pictures of clothes, a drop-in for MNIST that is harder. */
export const FASHION_MNIST: CatalogueEntry = {
  name: 'fashion-mnist',
  title: 'Fashion-MNIST: articles of clothing',
  format: 'idx',
  classNames: [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ],
  sampleShape: [28, 28, 1],
  counts: { train: 60_000, test: 10_000 },
  mean: [0.286],
  std: [0.353],
  ...idxFiles({
    trainImages: ['8d4fb7e6c68d591d4c3dfef9ec88bf0d', 'f4a8712d7a061bf5bd6d2ca38dc4d50a'],
    trainLabels: ['25c81989df183df01b3e8a0aad5dffbe', '9018921c3c673c538a1fc5bad174d6f9'],
    testImages: ['bef4ecab320f06d8554ea6380940ec79', '8181f5470baa50b63fa0f6fddb340f0a'],
    testLabels: ['bb300cfdad3c16e7a12a480ee83cd310', '15d484375f8d13e6eb1aabb0c3f46965'],
  }),
  mirrors: [
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
  ],
  folders: ['fashion-mnist', 'FashionMNIST/raw', 'FashionMNIST'],
  licence: 'MIT',
  homepage: 'https://github.com/zalandoresearch/fashion-mnist',
  citation:
    'H. Xiao, K. Rasul, R. Vollgraf. Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms. arXiv:1708.07747, 2017.',
};

/** Cursive Japanese characters. Checksums are known of the archives alone, not of their contents. */
export const KMNIST: CatalogueEntry = {
  name: 'kmnist',
  title: 'Kuzushiji-MNIST: cursive hiragana',
  format: 'idx',
  classNames: ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'],
  sampleShape: [28, 28, 1],
  counts: { train: 60_000, test: 10_000 },
  mean: [0.1918],
  std: [0.3483],
  ...idxFiles({
    trainImages: ['bdb82020997e1d708af4cf47b453dcf7', null],
    trainLabels: ['e144d726b3acfaa3e44228e80efcd344', null],
    testImages: ['5c965bf0a639b31b8f53240b1b52f4d7', null],
    testLabels: ['7320c461ea6c1c855c0b718fb2a4b134', null],
  }),
  mirrors: ['https://codh.rois.ac.jp/kmnist/dataset/kmnist/', 'http://codh.rois.ac.jp/kmnist/dataset/kmnist/'],
  folders: ['kmnist', 'KMNIST/raw', 'KMNIST'],
  licence: 'CC BY-SA 4.0',
  homepage: 'http://codh.rois.ac.jp/kmnist/',
  citation:
    'T. Clanuwat, M. Bober-Irizar, A. Kitamoto, A. Lamb, K. Yamamoto, D. Ha. Deep learning for classical Japanese literature. arXiv:1812.01718, 2018.',
};
