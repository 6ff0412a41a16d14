import { existsSync } from 'node:fs';
import { getBackend } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { CnnError, cpuBackend, selectBackend, webgpuBackend } from '../index.ts';

/** A Vulkan driver in software, as Debian's chromium ships it. */
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';

test('webgpu in Node passes the probe', async (context) => {
  if (existsSync(SWIFTSHADER)) process.env.VK_ICD_FILENAMES ??= SWIFTSHADER;
  try {
    const details = await selectBackend('webgpu', [webgpuBackend()]);
    expect(details).toMatchObject({ name: 'webgpu', tfjsName: 'webgpu', version: '4.22.0' });
    // It registers itself with the highest priority, and still does not take over.
    await selectBackend('auto', [cpuBackend(), webgpuBackend()]);
    expect(getBackend()).toBe('cpu');
  } catch (error) {
    const noDevice = error instanceof CnnError && error.message.includes('expected a graphics device');
    if (noDevice) context.skip('no Vulkan driver: install libvulkan1 and chromium');
    throw error;
  }
});
