import { existsSync } from 'node:fs';
import { CnnError, webgpuBackend } from '@cnn/core';
import { conformanceCases } from '@cnn/core/conformance';
import { test } from 'vitest';
import { expectConformance } from './expect-conformance.ts';

/** A Vulkan driver in software, as Debian's chromium ships it. */
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';

test('the webgpu backend conforms to the double precision reference', { timeout: 300_000 }, async ({ skip }) => {
  if (existsSync(SWIFTSHADER)) process.env.VK_ICD_FILENAMES ??= SWIFTSHADER;
  try {
    await webgpuBackend().load({ threads: 1 });
  } catch (error) {
    if (error instanceof CnnError && error.message.includes('expected a graphics device')) {
      skip('no Vulkan driver: install libvulkan1 and chromium');
    }
    throw error;
  }
  // Shaders run in software here: small shapes only.
  await expectConformance('webgpu', { cases: conformanceCases({ without: ['large'] }) });
});
