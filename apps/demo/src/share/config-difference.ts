/** What is told of a run at most. */
const MOST = 3;

/** How `config` differs from `base`, for a name: `optimizer.lr 0.01, model mlp`; empty when it does not. */
export function configDifference(config: object, base: object): string {
  const found = [...differences(config, base)].filter(([path]) => !IGNORED.has(path));
  const told = found.slice(0, MOST).map(([path, value]) => `${shortPath(path)} ${shown(value)}`.trim());
  return [...told, ...(found.length > MOST ? [`${found.length - MOST} more`] : [])].join(', ');
}

/** These name a run, or say where it computes. */
const IGNORED: ReadonlySet<string> = new Set(['name', 'backend', 'threads', 'trainer.epochs', 'trainer.logEverySteps']);

function* differences(value: unknown, base: unknown, path = ''): Generator<[path: string, value: unknown]> {
  if (JSON.stringify(value) === JSON.stringify(base)) return;
  if (!isMapping(value) || !isMapping(base)) {
    yield [path, value];
    return;
  }
  if (value.name !== base.name) {
    yield [path === '' ? 'name' : path, value.name]; // another component: its options say nothing beside its name
    if (path !== '') return;
  }
  for (const key of new Set([...Object.keys(value), ...Object.keys(base)])) {
    if (key !== 'name') yield* differences(value[key], base[key], path === '' ? key : `${path}.${key}`);
  }
}

function shortPath(path: string): string {
  return path.replace(/^(optimizer|data|trainer)\./, '').replace(/^model\.layers$/, 'other layers');
}

function shown(value: unknown): string {
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : value.every(isPlain) ? value.map(String).join(' ') : names(value);
  if (isMapping(value)) return typeof value.name === 'string' ? value.name : Object.keys(value).join(' ');
  return value === null || value === undefined ? 'none' : String(value);
}

function names(values: readonly unknown[]): string {
  const listed = values.map((value) =>
    isMapping(value) ? String(value.name ?? Object.keys(value)[0]) : String(value),
  );
  return listed.length > MOST ? '' : listed.join(' ');
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object';
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
