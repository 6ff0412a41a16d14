import type { CommandContext, Flags } from '../program.ts';

export async function predictCommand(
  _s: string,
  _i: readonly string[],
  _f: Flags,
  _c: CommandContext,
): Promise<number> {
  return 0;
}
