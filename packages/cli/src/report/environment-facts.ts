import type { Environment } from '../run-folder/environment.ts';
import { formatBytes } from '../terminal/format-number.ts';
import { html, type Markup } from './markup.ts';

/** What the run was computed with. */
export function environmentFacts({
  versions,
  backend,
  threads,
  platform,
  cpu,
  memoryBytes,
  git,
  startedAt,
}: Environment): Markup {
  const level = backend.featureLevel ? `, ${backend.featureLevel}` : '';
  const passedOver = (backend.passedOver ?? []).map(({ name, reason }) => `${name} passed over: ${reason}`);
  const facts: [string, string][] = [
    ['Backend', `${backend.name} ${backend.version}${level}${threads > 0 ? `, threads: ${threads}` : ''}`],
    ...passedOver.map((text): [string, string] => ['', text]),
    ['Versions', `@cnn ${versions.cnn}, TensorFlow.js ${versions.tfjs}, Node ${versions.node}`],
    ['Machine', `${cpu.model}, cores: ${cpu.cores}, ${formatBytes(memoryBytes)}, ${platform}`],
    ...(git ? [['Commit', `${git.commit}${git.dirty ? ', with changes' : ''}`] as [string, string]] : []),
    ['Started', startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')],
  ];
  return html`<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}
