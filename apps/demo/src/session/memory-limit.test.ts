import { type Config, parseConfig } from '@cnn/cli/config';
import type { ImageShape } from '@cnn/core';
import { syntheticDigits } from '@cnn/datasets';
import { describe, expect, it } from 'vitest';
import { checkImageSizes, checkMemory } from './memory-limit.ts';

const config = (text: string): Config => parseConfig({ text: `data: synthetic-digits\n${text}`, label: 'link' }).config;

/** Checks a config for data of this shape. */
function check(text: string, sampleShape: ImageShape = [28, 28, 1]): void {
  const train = syntheticDigits({ count: 100 });
  checkMemory(config(text), { sampleShape, classNames: train.classNames, train, test: null });
}

describe('what a page does not take on', () => {
  it.each([
    ['model: { name: mlp, hidden: 100000000 }', /^model mlp: .*at most 512 MB .*79,500,000,010 parameters/],
    ['model: { name: tiny-cnn, classes: 100000000 }', /^model tiny-cnn: .*received 4,\d{3},\d{3} MB/],
    [
      'model: { name: sequential, layers: [flatten, { name: linear, outFeatures: 900000 }, { name: linear, outFeatures: 10 }] }',
      /^model sequential: .*received 10,91\d MB for 715,500,010 parameters\. Pool before/,
    ],
  ])('%s is refused before memory is taken', (text, message) => {
    expect(() => check(text)).toThrow(message);
  });

  it('is a batch of images that are too many or too large', () => {
    const text =
      'model: { name: sequential, layers: [{ name: adaptive-avg-pool2d, outputSize: 1 }, flatten, { name: linear, outFeatures: 10 }] }';
    expect(() => check(text, [1024, 1024, 3])).toThrow(
      /^data: expected batches of at most 512 MB, received 1,200 MB for 100/,
    );
    expect(() => check(text)).not.toThrow();
  });

  it('is an image of a side that no memory has', () => {
    const sized = (...transforms: string[]): Config => {
      const text = `data: { name: synthetic-digits, transforms: [${transforms.join(', ')}] }\nmodel: mlp`;
      return parseConfig({ text, label: 'link' }).config;
    };
    expect(() => checkImageSizes(sized('resize: 1000000'))).toThrow(/transform resize: .*4096.*received 1000000/);
    expect(() => checkImageSizes(sized('to-float', 'pad: [3, 70000]'))).toThrow(/transform pad: .*received 70000/);
    expect(() => checkImageSizes(sized('resize: [64, 48]', 'pad: 2'))).not.toThrow();
  });

  it.each(['tiny-cnn', 'two-block-cnn', 'resnet18', 'resnet34', 'lenet5'])('is not %s', (name) => {
    expect(() => check(`model: ${name}`)).not.toThrow();
  });
});
