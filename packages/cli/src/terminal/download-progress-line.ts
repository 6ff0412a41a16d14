import type { DownloadProgress } from '@cnn/datasets';
import { formatBytes } from './format-number.ts';
import type { Terminal } from './terminal.ts';

/**
 * Shows how a download goes: a line that is redrawn on a terminal, one line a file elsewhere.
 *
 * @returns What to hand to a download as `onProgress`.
 */
export function downloadProgressLine(terminal: Terminal): (progress: DownloadProgress) => void {
  let announced = '';
  let drawnAt = 0;
  return ({ file, url, receivedBytes, totalBytes }) => {
    if (!terminal.interactive) {
      if (announced !== url) terminal.log(`Downloading ${url}`);
      announced = url;
      return;
    }
    const done = totalBytes !== null && receivedBytes >= totalBytes;
    if (!done && performance.now() - drawnAt < 100) return;
    drawnAt = performance.now();
    const share = totalBytes
      ? ` of ${formatBytes(totalBytes)} (${Math.floor((receivedBytes / totalBytes) * 100)} %)`
      : '';
    terminal.stderr.write(`\r\u001b[2KDownloading ${file}: ${formatBytes(receivedBytes)}${share}${done ? '\n' : ''}`);
  };
}
