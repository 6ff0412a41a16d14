import type { Tensor } from '@tensorflow/tfjs-core';
import type { Generator } from '../random/generator.ts';
import type { Module } from './module.ts';

/** Sees each layer's input and output as they pass. What outlives the call is a `keep(tensor.clone())`. */
export type LayerObserver = (layer: Module, input: Tensor, output: Tensor) => void;

/** What a forward pass is told: whether it trains, and where its random masks come from. */
export type ForwardContext =
  | {
      /** Dropout passes through, batch norm uses its running statistics. */
      readonly training: false;
      /** Sees each layer's input and output. */
      readonly observe?: LayerObserver;
    }
  | {
      /** Dropout draws masks, batch norm uses the batch's statistics and moves the running ones. */
      readonly training: true;
      /** What random masks are drawn from, in the order of the forward pass. */
      readonly generator: Generator;
      /** Sees each layer's input and output. */
      readonly observe?: LayerObserver;
    };

/** The context of inference: dropout passes through, batch norm uses its running statistics. */
export const EVALUATION: ForwardContext = { training: false };
