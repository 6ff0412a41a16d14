/** How the command ends. 0: done. 1: the work failed. 2: the command or config is wrong. 130: interrupted. */
export const EXIT_CODES = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];
