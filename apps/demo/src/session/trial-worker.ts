/** Name of a Worker that is made for a trial: it runs the session's script, so that nothing is fetched twice. */
export const TRIAL_WORKER = 'trial';
