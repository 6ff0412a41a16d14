import { CHUNK_BITS, CLOSED, MAX_ARGUMENTS, SLOT } from './slot-layout.ts';

/**
 * The worker's program, as text so that it survives any bundler. A worker waits for the ticket to change, reads the
 * job, and takes a chunk by exchanging the ticket for the next: that succeeds only while the ticket, and so the job,
 * is the one that was read. It never touches tfjs; it has the kernels, the memory and the slot.
 *
 * Before it sleeps it looks for work for a moment: the next job of a training step follows in microseconds.
 */
export const workerSource: string = `
'use strict';
const SPIN_MS = 0.05;
function serve({ module, memory, slotPointer, kernels, index }) {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const functions = kernels.map((name) => exports[name]);
  const words = new Int32Array(memory.buffer, slotPointer);
  const doubles = new Float64Array(memory.buffer, slotPointer + ${SLOT.arguments} * 4, ${MAX_ARGUMENTS});
  let scratch = 0;
  Atomics.add(words, ${SLOT.started}, 1);
  for (;;) {
    const ticket = Atomics.load(words, ${SLOT.ticket});
    const chunk = ticket & ${CLOSED};
    const chunks = Atomics.load(words, ${SLOT.chunks});
    if (chunk >= chunks) {
      idle(words, ticket);
      continue;
    }
    const run = functions[words[${SLOT.kernel}]];
    const tasks = words[${SLOT.tasks}];
    const args = Array.from(doubles.subarray(0, words[${SLOT.argumentCount}]));
    const wanted = words[${SLOT.scratchPointer}] + index * words[${SLOT.scratchStride}];
    if (Atomics.compareExchange(words, ${SLOT.ticket}, ticket, ticket + 1) !== ticket) continue;
    if (wanted !== scratch) {
      scratch = wanted;
      exports.setScratch(scratch);
    }
    try {
      run(...args, Math.floor((chunk * tasks) / chunks), Math.floor(((chunk + 1) * tasks) / chunks));
    } catch {
      Atomics.add(words, ${SLOT.failed}, 1);
    }
    Atomics.store(words, ${SLOT.done} + chunk, ticket >>> ${CHUNK_BITS});
    if (Atomics.add(words, ${SLOT.completed}, 1) + 1 === chunks) Atomics.notify(words, ${SLOT.completed});
  }
}
function idle(words, ticket) {
  const until = performance.now() + SPIN_MS;
  do {
    for (let i = 0; i < 64; i++) if (Atomics.load(words, ${SLOT.ticket}) !== ticket) return;
  } while (performance.now() < until);
  Atomics.wait(words, ${SLOT.ticket}, ticket);
}
if (typeof self === 'object' && typeof importScripts === 'function') {
  self.onmessage = ({ data }) => {
    self.postMessage('started');
    serve(data);
  };
} else {
  serve(require('node:worker_threads').workerData);
}
`;
