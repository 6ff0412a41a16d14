import { cpus } from 'node:os';
import { type BackendDetails, type BackendDriver, type BackendName, probeBackend, wasmBackend } from '@cnn/core';
import { type ConformanceReport, checkConformance } from '@cnn/core/conformance';
import { version_core as tfjsVersion } from '@tensorflow/tfjs-core';
import { EXIT_CODES } from '../exit-code.ts';
import { backendDrivers } from '../experiment/backend-drivers.ts';
import { packageVersion } from '../package-facts.ts';
import type { CommandContext, Flags } from '../program.ts';
import { formatTable } from '../terminal/format-table.ts';
import { wrapText } from '../terminal/wrap-text.ts';

/** What was found out about one backend. */
interface BackendDiagnosis {
  readonly name: BackendName | 'wasm (stock)';
  /** It loads here, and a small network trains right on it: `run` would accept it. */
  readonly usable: boolean;
  /** Why it cannot be used and what to do about it; null when it can. */
  readonly reason: string | null;
  /** What is wrong with it: known faults explained, others as they were found. */
  readonly faults: readonly string[];
  readonly threads: number | null;
  readonly featureLevel: string | null;
  readonly version: string | null;
  /** Values and gradients of all operations, edge cases too, against a plain reference; null when it did not load. */
  readonly check: Pick<ConformanceReport, 'passed' | 'failed' | 'unexplained' | 'failures'> | null;
}

/** `cnn-cli doctor`: Node, and of each backend whether it can be used here, and why not. */
export async function doctorCommand({ backend: only }: Flags, { terminal }: CommandContext): Promise<number> {
  const processors = cpus();
  const machine = {
    cnn: packageVersion(),
    node: process.versions.node,
    tfjs: tfjsVersion,
    platform: `${process.platform} ${process.arch}`,
    cpu: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    sharedMemory: typeof SharedArrayBuffer !== 'undefined',
  };
  const backends: BackendDiagnosis[] = [];
  // The package as it is comes before our own driver repairs it, so that its fault is seen where it is.
  const stock = { driver: wasmBackend({ repair: false }), name: 'wasm (stock)' } as const;
  const asked = [stock, ...backendDrivers().map((driver) => ({ driver, name: driver.name }))].filter(
    ({ driver }) => only === undefined || driver.name === only,
  );
  for (const { driver, name } of asked) {
    terminal.log(`Checking ${name} …`);
    backends.push(await withoutChatter(() => diagnose(driver, name)));
  }
  const threads = backends.find(({ name }) => name === 'simd')?.threads ?? 1;
  const { isTTY, columns = 80 } = terminal.stdout;
  const width = isTTY ? columns : Number.POSITIVE_INFINITY; // programs read lines, people words
  if (terminal.json) terminal.document({ ...machine, threads, backends });
  else for (const line of reportLines(machine, backends, width)) terminal.result(line);
  return backends.some(({ usable }) => usable) ? EXIT_CODES.done : EXIT_CODES.failed;
}

/** XNNPACK, behind stock wasm, prints each call that it refuses; the check counts them. */
async function withoutChatter<Result>(work: () => Promise<Result>): Promise<Result> {
  const { warn, error } = console;
  const filtered =
    (print: typeof warn): typeof warn =>
    (...args) => {
      if (!String(args[0]).startsWith('XNN status')) print(...args);
    };
  Object.assign(console, { warn: filtered(warn), error: filtered(error) });
  try {
    return await work();
  } finally {
    Object.assign(console, { warn, error });
  }
}

async function diagnose(driver: BackendDriver, name: BackendDiagnosis['name']): Promise<BackendDiagnosis> {
  let details: BackendDetails;
  try {
    details = await driver.load({ threads: 'auto' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { name, usable: false, reason, faults: [], threads: null, featureLevel: null, version: null, check: null };
  }
  const wrong = await probeBackend();
  const { passed, failed, unexplained, failures } = await checkConformance(details.tfjsName);
  return {
    name,
    usable: wrong.length === 0,
    reason:
      wrong.length === 0
        ? null
        : `a small network goes wrong on it: ${wrong.map(({ operation }) => operation).join(', ')}`,
    faults: faultsOf(failures),
    threads: details.threads,
    featureLevel: details.featureLevel ?? null,
    version: details.version,
    check: { passed, failed, unexplained, failures },
  };
}

/** What is known of the faults, then the operations whose faults nobody has explained, with the first finding of each. */
function faultsOf(failures: ConformanceReport['failures']): string[] {
  const known = [...new Set(failures.flatMap(({ knownFault }) => knownFault ?? []))];
  const unexplained = failures.filter(({ knownFault }) => knownFault === undefined);
  const families = [...new Set(unexplained.map(({ family }) => family))];
  const findings = families.map((family) => {
    const own = unexplained.filter((failure) => failure.family === family);
    const { caseName, quantity, message } = own[0]!;
    return `${family}: ${own.length} wrong, the first: ${caseName}, ${quantity}: ${message}`;
  });
  return [...known, ...findings];
}

interface Machine {
  readonly cnn: string;
  readonly node: string;
  readonly tfjs: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
}

function reportLines(machine: Machine, backends: readonly BackendDiagnosis[], width: number): string[] {
  const columns = [
    { title: 'Backend' },
    { title: 'Usable' },
    { title: 'Threads', align: 'right' },
    { title: 'Check' },
  ] as const;
  const sorted = [...backends].sort((a, b) => Number(b.usable) - Number(a.usable));
  const rows = sorted.map(({ name, usable, threads, check, featureLevel }) => [
    featureLevel ? `${name} (${featureLevel})` : name,
    usable ? 'yes' : 'no',
    threads ? String(threads) : '',
    check ? `${check.passed} of ${check.passed + check.failed} operations right` : 'not loaded',
  ]);
  const item = (text: string): string => `  - ${wrapText(text, { width, offset: 4, indent: 4 })}`;
  const reasons = sorted.flatMap(({ name, reason }) =>
    reason === null ? [] : [item(`${name}: ${reason.replace(/^backend \S+: /, '')}`)],
  );
  // Stock wasm is shown for its fault; `run` never takes it.
  const chosen = backends.find(({ name, usable }) => usable && name !== 'wasm (stock)');
  return [
    `cnn-cli ${machine.cnn}, Node ${machine.node}, tfjs ${machine.tfjs}, ${machine.platform}`,
    `${machine.cores} ${machine.cores === 1 ? 'core' : 'cores'}: ${machine.cpu}`,
    '',
    ...formatTable(columns, rows),
    '',
    chosen ? `backend: auto takes ${chosen.name}.` : 'No backend can train here.',
    ...(reasons.length > 0 ? ['', 'Not usable:', ...reasons] : []),
    ...faultLines(sorted, item),
  ];
}

/** Each fault once, with the backends that have it. */
function faultLines(backends: readonly BackendDiagnosis[], item: (text: string) => string): string[] {
  const faults = new Map<string, string[]>();
  for (const { name, faults: own } of backends) {
    for (const fault of own) faults.set(fault, [...(faults.get(fault) ?? []), name]);
  }
  if (faults.size === 0) return [];
  return ['', 'Faults that were found:', ...[...faults].map(([fault, names]) => item(`${names.join(', ')}: ${fault}`))];
}
