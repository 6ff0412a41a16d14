import type { ClassifierOptions } from '../zoo/classifier-options.ts';
import { ResNet } from './resnet.ts';

/** ResNet with 18 layers: 11,689,512 parameters with 1000 classes. Options: those of `ResNet`. */
export class ResNet18 extends ResNet {
  /**
   * For 1000 classes and 3 channels unless told otherwise.
   *
   * @throws CnnError `invalid-argument` for an option that is no legal value.
   */
  constructor(options: ClassifierOptions = {}) {
    super([2, 2, 2, 2], options);
  }
}
