import { Conv2d, Sequential } from '@cnn/core';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../zoo/create-model.ts';
import { renderSummary } from './render-summary.ts';
import { summary } from './summary.ts';

beforeAll(async () => {
  await setBackend('cpu');
});

const tinyCnn = () => summary(createModel('tiny-cnn'), { input: [1, 28, 28] });

describe('renderSummary', () => {
  it('puts the formulas under the layers of an 80-column terminal', () => {
    expect(`\n${renderSummary(tinyCnn())}\n`).toBe(`
 TinyCnn  input [N, 1, 28, 28]
 ──────────────────────────────────────────────────────────────────────
 Layer    Type       Output           Parameters  Mult-adds  Rec. field
 ──────────────────────────────────────────────────────────────────────
 conv1    Conv2d     [N, 16, 26, 26]         160     97,344         3×3
          floor((28 + 2·0 − 1·(3−1) − 1)/1 + 1) = 26
 relu     ReLU       [N, 16, 26, 26]                                3×3
 pool     MaxPool2d  [N, 16, 13, 13]                                4×4
          floor((26 + 2·0 − 1·(2−1) − 1)/2 + 1) = 13
 flatten  Flatten    [N, 2704]                                    28×28
          16·13·13 = 2704
 fc1      Linear     [N, 10]              27,050     27,040       28×28
          2704 → 10
 ──────────────────────────────────────────────────────────────────────
 Total                                    27,210    124,384
 ──────────────────────────────────────────────────────────────────────
 Parameters  160 + 27,050 = 27,210
 Size        28→26→13
 Memory      106 KiB of parameters in float32
`);
  });

  it('gives them a column where there is room', () => {
    const text = renderSummary(tinyCnn(), { width: 120 });
    expect(text).toContain(
      ' conv1    Conv2d     [N, 16, 26, 26]         160     97,344         3×3  floor((28 + 2·0 − 1·(3−1) − 1)/1 + 1) = 26\n',
    );
    expect(text.split('\n')).toHaveLength(15);
  });

  it.each([72, 80, 100, 120, 200])('keeps within %i columns', (width) => {
    for (const name of ['tiny-cnn', 'two-block-cnn', 'basic-cnn', 'lenet5']) {
      const text = renderSummary(summary(createModel(name), { input: [1, 28, 28] }), { width });
      expect(Math.max(...text.split('\n').map((line) => line.length)), `${name}\n${text}`).toBeLessThanOrEqual(width);
    }
  });

  it('says what is frozen and how unequal sides shrink', () => {
    const model = new Sequential(new Conv2d(1, 2, [3, 5]).freeze(), new Conv2d(2, 2, 1));
    const text = renderSummary(summary(model, { input: [1, 9, 9] }));
    expect(text).toContain(`
        floor((9 + 2·0 − 1·(3−1) − 1)/1 + 1) = 7
        floor((9 + 2·0 − 1·(5−1) − 1)/1 + 1) = 5, frozen
`);
    expect(text).toContain('Parameters  32 + 6 = 38, 32 of them frozen');
    expect(text).toContain('Size        9→7×5');
  });

  it('styles what it is told to', () => {
    const text = renderSummary(tinyCnn(), { bold: (s) => `<b>${s}</b>`, dim: (s) => `<i>${s}</i>` });
    expect(text).toContain('<b>TinyCnn</b>');
    expect(text).toContain('<i>          2704 → 10</i>');
  });
});
