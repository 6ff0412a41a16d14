import type { Config } from '@cnn/cli/config';
import type { BackendDetails } from '@cnn/core';
import { sameRun } from '../state/config-store.ts';
import { DEFAULT_CONFIG } from '../state/default-config.ts';
import { session } from '../state/session-client.ts';
import { linkHash } from './config-link.ts';

/** What of a backend's details makes the numbers of a run. */
export type PinnedBackend = Pick<BackendDetails, 'name' | 'featureLevel'>;

/**
 * The configuration as it is given away: with the backend that it really computes on, and its feature level, since the
 * numbers of a run are theirs.
 */
export function pinned(config: Config, details: PinnedBackend | undefined): Config {
  if (!details) return config;
  const backend = config.backend === 'auto' ? details.name : config.backend;
  const own = config.featureLevel === 'auto' && backend === 'simd' && details.name === 'simd';
  return { ...config, backend, featureLevel: own ? levelOf(details) : config.featureLevel };
}

function levelOf({ featureLevel }: PinnedBackend): Config['featureLevel'] {
  return featureLevel === 'simd' || featureLevel === 'relaxed' ? featureLevel : 'auto';
}

/** The YAML of a configuration, as `cnn-cli run` takes it. */
export function yamlOf(config: Config): Promise<string> {
  return session().config.text(config);
}

/** The address that opens this run elsewhere: the same seed, the same numbers. */
export async function linkOf(config: Config): Promise<string> {
  return new URL(await linkHash(await yamlOf(config)), location.href).href;
}

/** Marks an address that the page wrote itself; a reload keeps the mark, a link that is followed has none. */
const OWN = { own: true };

/** Whether the address is this page's own rather than a link that somebody followed: it may lag behind the run. */
export function isOwnAddress(): boolean {
  return history.state?.own === true;
}

/** Keeps the address of the page that of its run, so that it can be copied and reloaded; bare for the page's first. */
export async function writeAddress(config: Config): Promise<void> {
  const bare = location.pathname + location.search;
  const wanted = sameRun(config, DEFAULT_CONFIG) ? '' : await linkHash(await yamlOf(config));
  if (location.hash.startsWith('#c=') || wanted !== '') history.replaceState(OWN, '', bare + wanted);
}
