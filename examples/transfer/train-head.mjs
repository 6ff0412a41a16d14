// Trains a new head for a frozen ResNet18 on a folder of images, one folder a class.
//
//   node examples/transfer/train-head.mjs FOLDER WEIGHTS [--side 224] [--epochs 10]
//
// WEIGHTS is `resnet18` (torchvision's, downloaded once) or the path of a file. `train_head.py` is the same in PyTorch.
import { parseArgs } from 'node:util';
import { simdBackend } from '@cnn/backend-simd';
import { manualSeed, selectBackend } from '@cnn/core';
import { centerCrop, DataLoader, normalize, resize, splitDataset } from '@cnn/datasets';
import { openImageFolder } from '@cnn/datasets/node';
import { accuracy } from '@cnn/metrics';
import { cacheFeatures, freeze, IMAGENET_PREPROCESSING, ResNet18, replaceHead, stateHash } from '@cnn/models';
import { defaultCacheDir, fileByteCache, loadPretrained } from '@cnn/models/node';
import { Adam, fit } from '@cnn/trainer';

/** @param {{ folder: string, weights: string, side?: number, epochs?: number, log?: (line: string) => void }} options */
export async function trainHead({ folder, weights, side = 224, epochs = 10, log = console.log }) {
  await selectBackend('simd', [simdBackend()]);
  const generator = manualSeed(0);

  const { mean, std } = IMAGENET_PREPROCESSING;
  const transforms = [
    resize({ size: Math.round((side * 256) / 224) }),
    centerCrop({ size: side }),
    normalize({ mean, std }),
  ];
  const images = await openImageFolder(folder);
  const { classNames } = images;

  const model = new ResNet18();
  model.loadStateDict((await loadPretrained(weights)).state);
  const newHead = replaceHead(model, classNames.length);
  freeze(model, ['**', '!fc']);
  const before = await stateHash(model, { without: 'fc' });

  let started = performance.now();
  const { dataset, head, fromCache } = await cacheFeatures(
    model,
    new DataLoader(images, { batchSize: 32, transforms }),
    {
      classNames,
      cache: fileByteCache(defaultCacheDir()),
      key: { data: `${folder} ${images.length}`, transforms: JSON.stringify([side, mean, std]) },
      onProgress: ({ samples }) => samples % 512 === 0 && log(`${samples} of ${images.length} images`),
    },
  );
  log(
    `features ${fromCache ? 'from the cache' : 'computed'} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );

  const { train, validation } = splitDataset(dataset, 0.2, { seed: 0 });
  started = performance.now();
  const outcome = await fit({
    model: head,
    data: new DataLoader(train, { batchSize: 64, shuffle: true, generator }),
    validation: new DataLoader(validation, { batchSize: 512 }),
    optimizer: new Adam(newHead.parameters(), { lr: 1e-3 }),
    metrics: [accuracy()],
    epochs,
  });
  for (const { epoch, train: measures, validation: scores, seconds } of outcome.history) {
    log(JSON.stringify({ epoch, loss: measures.loss, validationAccuracy: scores.accuracy, seconds }));
  }
  const unchanged = before === (await stateHash(model, { without: 'fc' }));
  log(`backbone ${unchanged ? 'unchanged' : 'CHANGED'}: ${before.slice(0, 16)}…`);
  return { model, outcome, unchanged };
}

if (process.argv[1] === import.meta.filename) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { side: { type: 'string', default: '224' }, epochs: { type: 'string', default: '10' } },
  });
  const [folder, weights = 'resnet18'] = positionals;
  if (!folder) throw new Error('Usage: node train-head.mjs FOLDER [WEIGHTS] [--side 224] [--epochs 10]');
  await trainHead({ folder, weights, side: Number(values.side), epochs: Number(values.epochs) });
}
