import {
  Conv2d,
  EVALUATION,
  Flatten,
  type ForwardContext,
  Generator,
  Linear,
  MaxPool2d,
  Module,
  ReLU,
} from '@cnn/core';
import { createModel, renderSummary, summary } from '@cnn/models';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend, type Tensor } from '@tensorflow/tfjs-core';

await setBackend('cpu');

// A network of the zoo: the weights of `torch.manual_seed(0)`, under PyTorch's names.
const zoo = createModel('tiny-cnn', { generator: new Generator(0) });
console.log([...(await zoo.stateDict()).keys()].join(', '));

// One of your own: a class with fields.
class MyNet extends Module {
  readonly conv: Conv2d;
  readonly relu = new ReLU();
  readonly pool = new MaxPool2d(2);
  readonly flatten = new Flatten();
  readonly fc: Linear;

  constructor({ width = 8, classes = 10 }: { width?: number; classes?: number } = {}) {
    super();
    this.conv = new Conv2d(1, width, 5, { stride: 2, padding: 2 });
    this.fc = new Linear(width * 7 * 7, classes);
  }

  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    x = this.relu.forward(this.conv.forward(x, context), context);
    x = this.flatten.forward(this.pool.forward(x, context), context);
    return this.fc.forward(x, context);
  }
}

const own = createModel(MyNet, { width: 16, generator: new Generator(0) });
console.log(renderSummary(summary(own, { input: [1, 28, 28] })));
