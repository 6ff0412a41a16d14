import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BackendDetails } from '@cnn/core';
import { version_core as tfjsVersion } from '@tensorflow/tfjs-core';
import { packageVersion } from '../package-facts.ts';

/** What a run was computed with: the content of `environment.json`. */
export interface Environment {
  readonly versions: { readonly cnn: string; readonly tfjs: string; readonly node: string };
  readonly backend: BackendDetails;
  readonly threads: number;
  readonly platform: string;
  readonly cpu: { readonly model: string; readonly cores: number };
  readonly memoryBytes: number;
  /** The commit of the working folder; null outside a git repository. */
  readonly git: { readonly commit: string; readonly dirty: boolean } | null;
  readonly startedAt: string;
}

/** Looks around: versions, processor, and the git commit of `cwd` if there is one. */
export async function describeEnvironment(backend: BackendDetails, cwd: string): Promise<Environment> {
  const processors = cpus();
  return {
    versions: { cnn: packageVersion(), tfjs: tfjsVersion, node: process.versions.node },
    backend,
    threads: backend.threads,
    platform: `${process.platform} ${process.arch}`,
    cpu: { model: processors[0]?.model ?? 'unknown', cores: processors.length },
    memoryBytes: totalmem(),
    git: await gitState(cwd),
    startedAt: new Date().toISOString(),
  };
}

/** What a run was computed with so far; null where it has not begun. */
export async function readEnvironment(runDir: string): Promise<Environment | null> {
  const path = join(runDir, 'environment.json');
  return existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as Environment) : null;
}

async function gitState(cwd: string): Promise<Environment['git']> {
  const git = (...args: string[]) => promisify(execFile)('git', args, { cwd, timeout: 5000 });
  try {
    const { stdout: commit } = await git('rev-parse', 'HEAD');
    const { stdout: changes } = await git('status', '--porcelain', '--untracked-files=no');
    return { commit: commit.trim(), dirty: changes.trim() !== '' };
  } catch {
    return null; // no git, or no repository: both are fine
  }
}
