import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryDataset } from '../memory/memory-dataset.ts';
import { syntheticDigits } from '../synthetic/synthetic-digits.ts';
import { csvChunks } from './csv-chunks.ts';
import { type CsvDatasetOptions, csvDataset } from './csv-dataset.ts';

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const read = (text: string, options: CsvDatasetOptions = {}) => csvDataset(encode(text), { file: 'a.csv', ...options });

async function messageOf(text: string, options: CsvDatasetOptions = {}): Promise<string> {
  const error = await read(text, options).then(
    () => new Error('nothing was thrown'),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: 'invalid-file' });
  return (error as Error).message;
}

test('the label comes first, the pixels are a square', async () => {
  const dataset = await read('3,0,1,2,3\n1,255,0,10,9\n');
  expect(dataset.sampleShape).toEqual([2, 2, 1]);
  expect(Array.from(dataset.labels)).toEqual([3, 1]);
  expect(Array.from(dataset.pixels)).toEqual([0, 1, 2, 3, 255, 0, 10, 9]);
});

test.each([
  ['no newline at the end', '1,2\n0,4'],
  ['CRLF', '1,2\r\n0,4\r\n'],
  ['blank lines', '\n1,2\n\n0,4\n\n'],
  ['spaces', ' 1 ,2\n0, 4 \n'],
  ['quotes', '"1","2"\n"0",4\n'],
  ['whole numbers with a fraction', '1.0,2.0\n0,4.\n'],
  ['a byte order mark', '\ufeff1,2\n0,4\n'],
  ['a header', 'label,pixel0\n1,2\n0,4\n'],
  ['a quoted header with commas and newlines', '"the ""label"", and\nmore",pixel0\n1,2\n0,4\n'],
  ['a header of numbers but for the label', 'label,0\n1,2\n0,4\n'],
])('understands %s', async (_case, text) => {
  const dataset = await read(text);
  expect(Array.from(dataset.labels)).toEqual([1, 0]);
  expect(Array.from(dataset.pixels)).toEqual([2, 4]);
});

test.each([
  ['by name', { labelColumn: 'digit' }],
  ['by position', { labelColumn: 1 }],
  ['from the end', { labelColumn: -1 }],
])('the label column is chosen %s', async (_case, options) => {
  const dataset = await read('ink,digit\n7,3\n8,2\n', options);
  expect(Array.from(dataset.labels)).toEqual([3, 2]);
  expect(Array.from(dataset.pixels)).toEqual([7, 8]);
});

test('header: true takes the first row for names even when it is numeric, as pandas does', async () => {
  expect((await read('1,2\n0,4\n', { header: true })).length).toBe(1);
});

test('header: false reads the first row as data', async () => {
  await expect(read('label,pixel\n1,2\n', { header: false })).rejects.toThrow(
    "a.csv:1:7: expected a whole number 0..255 in field 2, received 'pixel'. Correct the value, or pass header: true",
  );
});

test('colour images and other shapes', async () => {
  expect((await read(`0,${'1,'.repeat(11)}1`)).sampleShape).toEqual([2, 2, 3]);
  expect((await read('0,1,2', { shape: [1, 2, 1] })).sampleShape).toEqual([1, 2, 1]);
  expect(await messageOf('0,1,2')).toContain('expected as many pixels a row as a square image has');
  expect(await messageOf('0,1,2', { shape: [2, 2, 1] })).toContain('expected 2 × 2 × 1 = 4 pixels a row, received 2');
});

test.each([
  ['a short row', '0,1,2,3,4\n0,1,2\n', 'a.csv:2:6: expected 5 fields, as the first row has, received 3.'],
  ['a long row', '0,1\n0,1,2,3\n', 'a.csv:2:5: expected 2 fields, as the first row has, received 4.'],
  ['a row that ends in a comma', '0,1\n0,1,\n', 'a.csv:2:5: expected 2 fields, as the first row has, received 3.'],
  ['a word', '0,1\n0,x1\n', "a.csv:2:3: expected a whole number 0..255 in field 2, received 'x1'."],
  [
    'an empty field',
    'label,ink\n0,1\n1,\n',
    'a.csv:3:3: expected a whole number 0..255 in field 2 (ink), received nothing.',
  ],
  ['a negative value', '0,-1\n', "received '-1'"],
  ['a fraction', '0,0.5\n', "received '0.5'"],
  ['a value above 255', '0,1,2,3,256\n', "a.csv:1:9: expected a whole number 0..255 in field 5, received '256'."],
  ['a huge number', '0,99999999999999999999\n', 'expected a whole number 0..255 in field 2'],
  ['no value', '', 'a.csv: expected at least one row of a label and pixels, received an empty file.'],
  ['blank lines alone', '\n\n', 'received an empty file'],
  ['a header alone', 'label,pixel0\n', 'received a header alone'],
  ['another separator', '0;1;2\n', 'expected comma-separated fields, with the label at position 0, received 1 field.'],
])('names %s with file, line and column', async (_case, text, message) => {
  expect(await messageOf(text)).toContain(message);
});

test('a label outside the classes is named', async () => {
  expect(await messageOf('0,1\n2,1\n', { classNames: ['a', 'b'] })).toContain(
    'a.csv:2:1: expected a class index 0..1 in field 1, received 2.',
  );
});

test('a label column that is not there is named with those that are', async () => {
  expect(await messageOf('label,ink\n0,1\n', { labelColumn: 'digit' })).toContain(
    "a.csv:1:1: expected a column named 'digit' for the labels, received the columns label, ink.",
  );
  expect(await messageOf('0,1\n', { labelColumn: 5 })).toContain('with the label at position 5, received 2 fields');
});

test('a numeric header gets a hint', async () => {
  expect(await messageOf('0,300\n')).toContain('or pass header: true when the first row holds column names');
});

test('a file that is no text is refused without reading it all', async () => {
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    for (;;) yield new Uint8Array(2 ** 20).fill(1);
  };
  await expect(csvDataset(chunks(), { file: 'x' })).rejects.toThrow('expected rows of at most 4 MiB');
});

test('rows may be split anywhere between chunks', async () => {
  const text = 'label,a,b,c,d\r\n1,10,20,30,40\r\n2,11,21,31,41\n"3",12,22,32,42';
  const whole = await read(text);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 6 }), async (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), text.length];
      const chunks = async function* (): AsyncGenerator<Uint8Array> {
        for (let i = 1; i < at.length; i++) yield encode(text.slice(at[i - 1], at[i]));
      };
      const dataset = await csvDataset(chunks(), { file: 'a.csv' });
      expect(dataset.labels).toEqual(whole.labels);
      expect(dataset.pixels).toEqual(whole.pixels);
    }),
  );
});

test('any bytes give a data set or an error of ours', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: fc.constantFrom(...'0123456789,.\n\r" -ax') }), async (text) => {
      const result = await read(text).catch((error: unknown) => error);
      if (result instanceof Error) expect(result).toMatchObject({ name: 'CnnError', code: 'invalid-file' });
    }),
  );
});

test('a gzipped file streams; a limit stops it', async () => {
  const gzipped = new Uint8Array(gzipSync(encode('1,2\n0,4\nbroken')));
  const dataset = await csvDataset(new Blob([gzipped]), { file: 'a.csv.gz', limit: 2 });
  expect(dataset.length).toBe(2);
  await expect(csvDataset(gzipped.subarray(0, 20), { file: 'a.csv.gz' })).rejects.toMatchObject({
    code: 'invalid-file',
    message: expect.stringContaining('a.csv.gz: expected a complete gzip stream, received 20 bytes'),
  });
});

test('what csvChunks writes is read back to the same bytes', async () => {
  const digits = syntheticDigits({ count: 300 });
  for (const header of [true, false]) {
    const text: string[] = [];
    for await (const chunk of csvChunks(digits, { header, limit: 290 })) text.push(chunk);
    const back = await csvDataset(new Blob(text), { classNames: digits.classNames });
    expect(back.length).toBe(290);
    expect(Buffer.compare(back.pixels as Uint8Array, (digits.pixels as Uint8Array).subarray(0, 290 * 784))).toBe(0);
    expect(Array.from(back.labels)).toEqual(Array.from(digits.labels.slice(0, 290)));
  }
});

test('the written header names the label and the pixels', async () => {
  const dataset = memoryDataset({ pixels: Uint8Array.of(1, 2, 3, 4), labels: Uint8Array.of(0), shape: [2, 2, 1] });
  const text: string[] = [];
  for await (const chunk of csvChunks(dataset)) text.push(chunk);
  expect(text.join('')).toBe('label,pixel0,pixel1,pixel2,pixel3\n0,1,2,3,4\n');
});

test('20,000 rows of 784 pixels are read in a fraction of a second', async () => {
  const row = `7,${Array.from({ length: 784 }, (_, i) => (i % 5 === 0 ? 253 : 0)).join(',')}\n`;
  const bytes = encode(row.repeat(20_000));
  await csvDataset(bytes.subarray(0, row.length * 500));
  const start = performance.now();
  const dataset = await csvDataset(bytes);
  const elapsedMs = performance.now() - start;
  console.log(`CSV: 20,000 rows (${(bytes.length / 1e6).toFixed(0)} MB) in ${elapsedMs.toFixed(0)} ms`);
  expect(dataset.length).toBe(20_000);
  expect(elapsedMs).toBeLessThan(2000); // a generous bound for a busy machine; about 100 ms when idle
});

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

test('labels may be names: sorted, they are the classes', async () => {
  const text = 'kind,a,b,c,d\nfox,1,2,3,4\n"cat",5,6,7,8\nfox,9,9,9,9\n';
  const data = await csvDataset(bytesOf(text));
  expect(data.classNames).toEqual(['cat', 'fox']);
  expect([0, 1, 2].map((index) => data.get(index).label)).toEqual([1, 0, 1]);
  expect([...data.get(1).pixels]).toEqual([5, 6, 7, 8]);
});

test('labels may be names of classes that are given, in their order, with or without a header', async () => {
  const classNames = ['dog', 'fox', 'cat'];
  for (const head of ['kind,a,b,c,d\n', '']) {
    const data = await csvDataset(bytesOf(`${head}fox,1,2,3,4\ncat,5,6,7,8\n0,5,6,7,8\n`), { classNames });
    expect([...Array(data.length).keys()].map((index) => data.get(index).label)).toEqual([1, 2, 0]);
    expect(data.classNames).toEqual(classNames);
  }
  await expect(csvDataset(bytesOf('cow,1,2,3,4\n'), { classNames, header: false, file: 'x.csv' })).rejects.toThrow(
    "x.csv:1:1: expected a class index 0..2, or one of dog, fox, cat, in field 1, received 'cow'.",
  );
});

test('names whose first row may be a header or not, and names among numbers, are not guessed at', async () => {
  await expect(csvDataset(bytesOf('fox,1,2,3,4\ncat,5,6,7,8\n'))).rejects.toThrow(
    'csv:1:1: expected to know whether the first row is data, since labels are names, received a row that may be either.',
  );
  const data = await csvDataset(bytesOf('fox,1,2,3,4\ncat,5,6,7,8\n'), { header: false });
  expect([data.length, data.get(0).label]).toEqual([2, 1]);
  await expect(csvDataset(bytesOf('l,a,b,c,d\nfox,1,2,3,4\n3,5,6,7,8\n'))).rejects.toThrow(
    'csv: expected labels that are all names or all class indices, received 1 names and 1 numbers.',
  );
});
