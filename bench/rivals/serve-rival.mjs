// The protocol of every rival: one JSON request a line on stdin, one JSON answer a line on stdout.
import { createInterface } from 'node:readline';

/**
 * @param {{ setup(request: object): Promise<object>, train(): Promise<void>, infer(): Promise<void> }} rival
 *   `train` is one optimizer step ended by reading the loss; `infer` one forward pass ended by reading the logits.
 */
export async function serveRival(rival) {
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    let answer;
    try {
      answer = request.command === 'setup' ? await rival.setup(request) : await time(rival[request.command], request);
    } catch (error) {
      answer = { unsupported: error instanceof Error ? error.message : String(error) };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

/**
 * At least `steps` steps, and for at least `leastMs` milliseconds: what is short needs to be seen more often. No further
 * step once `mostMs` have passed.
 */
async function time(work, { steps, leastMs = 0, mostMs = Number.POSITIVE_INFINITY }) {
  const ms = [];
  const begun = performance.now();
  const elapsed = () => performance.now() - begun;
  while ((ms.length < steps || elapsed() < leastMs) && elapsed() < mostMs) {
    const started = performance.now();
    await work();
    ms.push(performance.now() - started);
  }
  return { ms, peakRssBytes: process.resourceUsage().maxRSS * 1024 };
}
