/** Start of this thread's own scratch memory: each thread has its own instance and so its own globals. */
export let scratchPointer: usize = 0;

/** Called by the task runner before a job that needs scratch memory. */
export function setScratch(pointer: usize): void {
  scratchPointer = pointer;
}
