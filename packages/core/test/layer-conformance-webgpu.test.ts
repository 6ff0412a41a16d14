import { existsSync } from 'node:fs';
import { selectBackend, webgpuBackend } from '@cnn/core';
import { test } from 'vitest';
import { layerConformance } from './layer-conformance.ts';

/** A Vulkan driver in software, as Debian's chromium ships it. */
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';
if (existsSync(SWIFTSHADER)) process.env.VK_ICD_FILENAMES ??= SWIFTSHADER;

const setup = (): Promise<unknown> => selectBackend('webgpu', [webgpuBackend()]);
const refusal = await setup().then(
  () => undefined,
  (error: Error) => error.message,
);

if (refusal === undefined) layerConformance('webgpu', { setup, tolerance: 1e-5 });
else if (refusal.includes('expected a graphics device')) test.skip(`layers on webgpu: ${refusal}`);
else throw new Error(refusal);
