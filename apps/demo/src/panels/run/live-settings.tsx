import type { JSX } from 'preact';
import { dropoutRates, mayAddDropout, withDropout } from '../../session/config-dropout.ts';
import { config, editConfig, editData, editOptimizer } from '../../state/config-store.ts';
import { AugmentChoice } from './augment-choice.tsx';
import { NumberField } from './number-field.tsx';

/** Begins a run with the same network and a dropout layer in it. */
async function addDropout(): Promise<void> {
  const { withDropoutLayer } = await import('../../state/dropout-layer.ts');
  editConfig(withDropoutLayer);
}

/** What may change while the network trains, each with the moment at which it counts. */
export function LiveSettings(): JSX.Element {
  const { optimizer, data, schedule, trainer } = config.value;
  const [dropout] = dropoutRates(config.value);
  return (
    <details class="live-settings">
      <summary>Settings</summary>
      <div class="fields">
        <NumberField
          label="Learning rate"
          value={Number(optimizer.lr)}
          least={1e-7}
          choices={[0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1]}
          hint={schedule ? `the schedule ${schedule.name} sets it` : 'from the next step'}
          disabled={schedule !== null}
          onChange={(lr) => editOptimizer({ lr })}
        />
        <NumberField
          label="Weight decay"
          value={Number(optimizer.weightDecay)}
          least={0}
          choices={[0, 0.0001, 0.001, 0.01, 0.1]}
          hint="from the next step"
          onChange={(weightDecay) => editOptimizer({ weightDecay })}
        />
        <NumberField
          label="Dropout"
          value={dropout ?? 0}
          least={0}
          most={0.95}
          choices={[0, 0.1, 0.2, 0.3, 0.5, 0.7]}
          disabled={dropout === undefined}
          hint={dropout === undefined ? 'this network has no dropout layer' : 'from the next step'}
          action={
            dropout === undefined && mayAddDropout(config.value)
              ? { label: 'Train a copy that has one', run: () => void addDropout() }
              : null
          }
          onChange={(p) => editConfig((current) => withDropout(current, p))}
        />
        <NumberField
          label="Batch size"
          value={Number(data.batchSize)}
          least={1}
          whole
          choices={[8, 16, 32, 64, 128, 256]}
          hint="from the next epoch"
          onChange={(batchSize) => editData({ batchSize })}
        />
        <NumberField
          label="Epochs"
          value={trainer.epochs}
          least={1}
          whole
          choices={[1, 5, 10, 20, 50, 100]}
          hint="where training ends"
          onChange={(epochs) => editConfig((current) => ({ ...current, trainer: { ...current.trainer, epochs } }))}
        />
        <NumberField
          label="Seed"
          value={config.value.seed}
          least={0}
          whole
          choices={[0, 1, 2, 3]}
          hint="a new run with other weights"
          onChange={(seed) => editConfig((current) => ({ ...current, seed }))}
        />
        <AugmentChoice />
      </div>
    </details>
  );
}
