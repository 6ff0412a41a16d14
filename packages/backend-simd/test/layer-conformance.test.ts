import { selectBackend } from '@cnn/core';
import { layerConformance } from '../../core/test/layer-conformance.ts';
import { simdBackend } from '../src/index.ts';

layerConformance('simd', { setup: () => selectBackend('simd', [simdBackend()], { threads: 2 }), tolerance: 1e-5 });
