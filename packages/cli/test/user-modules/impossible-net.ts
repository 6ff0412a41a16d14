import { Conv2d, Flatten, Linear, type Module, Sequential } from '@cnn/core';

/** A network whose kernel is larger than the image. */
export default function impossibleNet(): Module {
  return new Sequential(new Conv2d(1, 4, 33), new Flatten(), new Linear(4, 10));
}
