import { expect, it } from 'vitest';
import { formatTable } from './format-table.ts';

const columns = [{ title: 'Name' }, { title: 'What', optional: true }, { title: 'Count', align: 'right' }] as const;
const rows = [['mnist', 'handwritten digits', '60,000']];

it('pads columns to their widest cell', () => {
  expect(formatTable(columns, rows)).toEqual([
    'Name   What                 Count',
    '─'.repeat(33),
    'mnist  handwritten digits  60,000',
  ]);
});

it('leaves optional columns out where the terminal is too narrow', () => {
  expect(formatTable(columns, rows, { width: 32 })).toEqual(['Name    Count', '─────────────', 'mnist  60,000']);
});
