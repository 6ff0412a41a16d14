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
      answer =
        request.command === 'setup' ? await rival.setup(request) : await time(rival[request.command], request.steps);
    } catch (error) {
      answer = { unsupported: error instanceof Error ? error.message : String(error) };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

async function time(work, steps) {
  const ms = [];
  for (let i = 0; i < steps; i++) {
    const started = performance.now();
    await work();
    ms.push(performance.now() - started);
  }
  return { ms, peakRssBytes: process.resourceUsage().maxRSS * 1024 };
}
