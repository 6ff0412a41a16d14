import type { LayerSpec } from '@cnn/models';
import type { JSX } from 'preact';
import type { LayerFacts, LayerKindFacts } from '../../session/network-plan.ts';
import { nameOf, type typedValue } from './edit-layers.ts';
import { formulaText } from './formula-text.ts';
import { LayerFields } from './layer-fields.tsx';

/** What a person does with a layer. */
export interface LayerActions {
  readonly move: (from: number, to: number) => void;
  readonly remove: (index: number) => void;
  readonly set: (index: number, option: string, value: ReturnType<typeof typedValue>) => void;
}

export interface LayerRowProps {
  readonly layer: LayerSpec;
  readonly index: number;
  readonly count: number;
  readonly kind: LayerKindFacts | undefined;
  /** Undefined from the first illegal layer on. */
  readonly facts: LayerFacts | undefined;
  /** Largest counts of the network: where the bars end. */
  readonly most: { readonly parameters: number; readonly multiplyAdds: number };
  readonly problem: string | undefined;
  /** Absent where the network is shown only. */
  readonly actions: LayerActions | undefined;
}

/** One layer: what it is, its options, how its size comes about, what it costs. */
export function LayerRow({ layer, index, count, kind, facts, most, problem, actions }: LayerRowProps): JSX.Element {
  const name = nameOf(layer);
  const title = kind?.title.split(':')[0] ?? name;
  const problemId = problem ? `layer-problem-${index}` : undefined;
  const given = typeof layer === 'object' ? Object.entries(layer).filter(([option]) => option !== 'name') : [];
  const drop = (event: DragEvent): void => {
    const from = Number(event.dataTransfer?.getData('application/x-layer') || Number.NaN);
    if (!actions || Number.isNaN(from)) return;
    event.preventDefault();
    actions.move(from, index);
  };
  return (
    <li
      class={problem ? 'layer illegal' : 'layer'}
      onDragOver={
        actions && ((event) => event.dataTransfer?.types.includes('application/x-layer') && event.preventDefault())
      }
      onDrop={actions && drop}
    >
      <div class="layer-head">
        {actions && (
          <span
            class="grip"
            draggable
            aria-hidden="true"
            onDragStart={(event) => event.dataTransfer?.setData('application/x-layer', String(index))}
          >
            ⠿
          </span>
        )}
        <span class="layer-name">
          <b>{title}</b>
          {!actions && given.length > 0 && (
            <span class="given">{given.map(([option, value]) => `${option} ${String(value)}`).join(', ')}</span>
          )}
        </span>
        {facts && <span class="shape">{facts.outputShape.join(' × ')}</span>}
        {actions && (
          <span class="layer-buttons">
            <button
              type="button"
              class="icon"
              data-move="up"
              aria-label={`Move layer ${index + 1}, ${title}, up`}
              disabled={index === 0}
              onClick={() => actions.move(index, index - 1)}
            >
              ↑
            </button>
            <button
              type="button"
              class="icon"
              data-move="down"
              aria-label={`Move layer ${index + 1}, ${title}, down`}
              disabled={index === count - 1}
              onClick={() => actions.move(index, index + 1)}
            >
              ↓
            </button>
            <button
              type="button"
              class="icon"
              aria-label={`Remove layer ${index + 1}, ${title}`}
              onClick={() => actions.remove(index)}
            >
              ✕
            </button>
          </span>
        )}
      </div>
      {actions && kind && (
        <LayerFields
          layer={layer}
          index={index}
          options={kind.options}
          problemId={problemId}
          onOption={(option, value) => actions.set(index, option, value)}
        />
      )}
      {facts?.formula && <p class="formula">{formulaText(facts.formula)}</p>}
      {facts && facts.parameters + facts.multiplyAdds > 0 && <Costs facts={facts} most={most} />}
      {problem && (
        <p id={problemId} class="problem-text" role="alert">
          {formulaInText(problem)}
        </p>
      )}
    </li>
  );
}

function Costs({ facts, most }: { facts: LayerFacts; most: LayerRowProps['most'] }): JSX.Element {
  const bar = (label: string, kind: string, value: number, largest: number): JSX.Element => (
    <span class="cost">
      <span class={`cost-bar ${kind}`} style={{ inlineSize: `${(100 * value) / Math.max(1, largest)}%` }} />
      <span class="cost-text">
        {value.toLocaleString('en')} {label}
      </span>
    </span>
  );
  return (
    <div class="costs">
      {bar('parameters', 'parameters', facts.parameters, most.parameters)}
      {bar('multiply-adds', 'multiply-adds', facts.multiplyAdds, most.multiplyAdds)}
    </div>
  );
}

/** The formula within a message, as books print it. */
function formulaInText(message: string): string {
  return message.replace(/(?:floor|ceil)\(\(.*?\)\/\d+ \+ 1\) = -?\d+/g, (formula) => formulaText(formula));
}
