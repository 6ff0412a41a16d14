/** What a run of the page is made from: the part of `cnn-cli`'s configuration that a page can offer. */
export interface SessionConfig {
  readonly name: string;
  readonly seed: number;
  readonly backend: 'auto' | 'simd' | 'webgpu' | 'webgl' | 'cpu';
  readonly data: {
    readonly name: string;
    readonly batchSize: number;
    /** Images of the synthetic set to draw, for training and for the test. */
    readonly samples: { readonly train: number; readonly test: number };
  };
  readonly model: { readonly name: string };
  readonly optimizer: { readonly name: 'adam' | 'sgd'; readonly lr: number; readonly weightDecay: number };
  readonly trainer: { readonly epochs: number };
}

/** What a first visit trains. */
export const DEFAULT_CONFIG: SessionConfig = {
  name: 'my-first-cnn',
  seed: 0,
  backend: 'auto',
  data: { name: 'synthetic-digits', batchSize: 64, samples: { train: 6000, test: 1000 } },
  model: { name: 'tiny-cnn' },
  optimizer: { name: 'adam', lr: 0.001, weightDecay: 0 },
  trainer: { epochs: 20 },
};
