#!/usr/bin/env node
import { main } from '../dist/index.js';

// A reader that left (`| head`) is no error: what it did not want is dropped, the work goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
process.exitCode = await main(process.argv.slice(2));
