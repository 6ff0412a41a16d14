import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CnnError, selectBackend, webgpuBackend } from '../index.ts';

/** A Vulkan driver in software, as Debian's chromium ships it. */
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';

test('webgpu in Node passes the probe', async (context) => {
  if (existsSync(SWIFTSHADER)) process.env.VK_ICD_FILENAMES ??= SWIFTSHADER;
  try {
    const details = await selectBackend('webgpu', [webgpuBackend()]);
    expect(details).toMatchObject({ name: 'webgpu', tfjsName: 'webgpu', version: '4.22.0' });
  } catch (error) {
    const noDevice = error instanceof CnnError && error.message.includes('expected a graphics device');
    if (noDevice) context.skip('no Vulkan driver: install libvulkan1 and chromium');
    throw error;
  }
});
