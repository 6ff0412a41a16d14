import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../state/default-config.ts';
import { pinned } from './share-config.ts';

describe('what is given away names what it was computed with', () => {
  test('the backend and its feature level', () => {
    expect(pinned(DEFAULT_CONFIG, { name: 'simd', featureLevel: 'relaxed' })).toEqual({
      ...DEFAULT_CONFIG,
      backend: 'simd',
      featureLevel: 'relaxed',
    });
  });

  test('no level where the backend has none', () => {
    expect(pinned(DEFAULT_CONFIG, { name: 'webgpu' })).toEqual({ ...DEFAULT_CONFIG, backend: 'webgpu' });
  });

  test('what was asked for, also where it could not be had', () => {
    const asked = { ...DEFAULT_CONFIG, backend: 'webgpu' } as const;
    expect(pinned(asked, { name: 'simd', featureLevel: 'simd' })).toEqual(asked);
  });

  test('nothing before anything runs', () => {
    expect(pinned(DEFAULT_CONFIG, undefined)).toBe(DEFAULT_CONFIG);
  });
});
