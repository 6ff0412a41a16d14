/** What `DataParallel`, `DistributedDataParallel` and `torch.compile` put before each name. */
const PREFIXES = ['module.', '_orig_mod.'];

/** Removes the wrappers' prefixes where every name has them. */
export function stripWrapperPrefixes<Value>(state: ReadonlyMap<string, Value>): Map<string, Value> {
  let entries = [...state];
  for (;;) {
    const prefix = PREFIXES.find((candidate) => entries.every(([name]) => name.startsWith(candidate)));
    if (prefix === undefined || entries.length === 0) return new Map(entries);
    entries = entries.map(([name, value]) => [name.slice(prefix.length), value]);
  }
}
