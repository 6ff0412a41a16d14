import type { ImageShape } from '@cnn/core';
import type { Preprocessing } from '@cnn/models';
import { componentParts } from '../config/component.ts';
import type { Config } from '../config/config.ts';
import { dataOptions } from '../config/data-options.ts';

/** What a config does to an image before its network sees it, in the words that travel with exported weights. */
export function preprocessingOf(
  config: Config,
  { sampleShape: [height, width, channels], classNames }: { sampleShape: ImageShape; classNames: readonly string[] },
): Preprocessing {
  const { prepare = [] } = config.data;
  const steps = [...(Array.isArray(prepare) ? prepare : []), ...dataOptions(config.data).transforms];
  const options = new Map(steps.map(componentParts));
  const normalize = options.get('normalize');
  const resize = options.get('resize')?.size;
  const crop = options.get('center-crop')?.size;
  return {
    inputShape: [channels, height, width],
    ...(typeof resize === 'number' ? { resize } : {}),
    ...(isPair(resize) ? { resize } : {}),
    ...(typeof crop === 'number' ? { centerCrop: crop } : {}),
    mean: numbers(normalize?.mean) ?? Array<number>(channels).fill(0),
    std: numbers(normalize?.std) ?? Array<number>(channels).fill(1),
    classNames,
  };
}

function numbers(value: unknown): number[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'number') ? value : undefined;
}

function isPair(value: unknown): value is [number, number] {
  return numbers(value)?.length === 2;
}
