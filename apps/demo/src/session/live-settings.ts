import type { Config } from '@cnn/cli/config';
import { Dropout, Dropout2d, type Module } from '@cnn/core';
import type { Optimizer } from '@cnn/trainer';
import { dropoutRates, withDropout } from './config-dropout.ts';

/** True when a run with `before` can go on with `after`: only what may change while it trains differs. */
export function differsLive(before: Config, after: Config): boolean {
  return JSON.stringify(fixedPart(before)) === JSON.stringify(fixedPart(after));
}

/** True when only what computes differs: the run goes on elsewhere. */
export function differsInBackend(before: Config, after: Config): boolean {
  const { backend, threads } = before;
  return (
    (backend !== after.backend || threads !== after.threads) && differsLive(before, { ...after, backend, threads })
  );
}

/** What the loader is made from: batch size and augmentation. */
export function loaderSettings({ data }: Config): string {
  return JSON.stringify([data.batchSize, data.augment]);
}

/** Sets rates and dropout as `after` has them: they count from the next step on. */
export function applyLive(
  { model, optimizer }: { model: Module; optimizer: Optimizer },
  before: Config,
  after: Config,
): void {
  for (const group of optimizer.groups) {
    if (after.schedule === null) group.lr = moved(group.lr, before.optimizer.lr, after.optimizer.lr);
    const exempt = after.optimizer.noDecay === true && group.parameters.every(({ shape }) => shape.length <= 1);
    if (!exempt)
      group.weightDecay = moved(group.weightDecay, before.optimizer.weightDecay, after.optimizer.weightDecay);
  }
  const rates = dropoutRates(after);
  const layers = [...model.namedModules()].map(([, module]) => module);
  const dropouts = layers.filter((layer) => layer instanceof Dropout || layer instanceof Dropout2d);
  dropouts.forEach((layer, index) => {
    layer.p = rates[index] ?? layer.p;
  });
}

/** A rate that was `before` becomes `after`; one of a group's own keeps its relation to it. */
function moved(rate: number, before: unknown, after: unknown): number {
  const [from, to] = [Number(before), Number(after)];
  if (from === to || rate === from) return rate === from ? to : rate;
  return from > 0 ? (rate * to) / from : rate;
}

/** A configuration without what may change while it trains. */
function fixedPart(config: Config): unknown {
  const { lr: _lr, weightDecay: _decay, ...optimizer } = config.optimizer;
  const { batchSize: _size, augment: _augment, evalBatchSize: _evaluation, ...data } = config.data;
  const { epochs: _epochs, logEverySteps: _log, ...trainer } = config.trainer;
  const scheduled = config.schedule ? { lr: config.optimizer.lr, epochs: config.trainer.epochs } : null;
  const { name: _name, ...rest } = withDropout(config, 0);
  return { ...rest, optimizer, data, trainer, scheduled };
}
