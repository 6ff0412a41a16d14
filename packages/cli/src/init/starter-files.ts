import { configJsonSchema } from '../config/config-schema.ts';
import { packageVersion } from '../package-facts.ts';
import { formatJson } from '../run-folder/format-json.ts';

/** Data sets that a starter project can begin with, and what its config says of them. */
export const STARTER_DATA: Readonly<Record<string, { readonly title: string; readonly yaml: string }>> = {
  'synthetic-digits': {
    title: 'digits that the program draws: nothing to download',
    yaml: `  name: synthetic-digits
  batchSize: 64
  validation: 0.1`,
  },
  mnist: {
    title: 'handwritten digits, downloaded once (11 MB)',
    yaml: `  name: mnist
  root: ./data
  batchSize: 64
  validation: 5000
  transforms:
    - normalize: { mean: [0.1307], std: [0.3081] }`,
  },
  csv: {
    title: 'a CSV file: one image a row, its class first',
    yaml: `  name: csv
  path: train.csv
  testPath: null
  batchSize: 64
  validation: 0.1`,
  },
  'image-folder': {
    title: 'a folder with one folder of pictures a class',
    yaml: `  name: image-folder
  path: ./images
  channels: 1
  prepare: # done once
    - resize: 28
    - center-crop: 28
  batchSize: 32
  validation: 0.2`,
  },
};

/** The files of a starter project, by their names. */
export function starterFiles(data: string): Record<string, string> {
  return {
    'config.yaml': `# yaml-language-server: $schema=./config.schema.json
name: my-network
seed: 0
data:
${STARTER_DATA[data]!.yaml}
model: ./model.ts
optimizer: { name: adam, lr: 0.001 }
trainer: { epochs: 5 }
metrics: [accuracy, f1]
callbacks:
  - checkpoint: { monitor: validation.accuracy, mode: max }
  - early-stopping: { monitor: validation.loss, patience: 3 }
  - ./callback.ts: { threshold: 0.99 }
`,
    'model.ts': MODEL,
    'callback.ts': CALLBACK,
    'config.schema.json': formatJson(configJsonSchema()),
    'package.json': `${JSON.stringify(
      {
        name: 'my-network',
        private: true,
        type: 'module',
        scripts: { train: 'cnn-cli run config.yaml', summary: 'cnn-cli summary config.yaml' },
        devDependencies: {
          '@cnn/cli': `^${packageVersion()}`,
          '@cnn/core': `^${packageVersion()}`,
          '@cnn/trainer': `^${packageVersion()}`,
          '@tensorflow/tfjs-core': '^4.22.0',
        },
      },
      null,
      2,
    )}\n`,
    '.gitignore': 'node_modules/\nruns/\ndata/\n',
    'README.md': README,
  };
}

const MODEL = `import { Conv2d, EVALUATION, Flatten, type ForwardContext, Linear, MaxPool2d, Module, relu } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** Two convolutions and a linear layer. The options come from the data, and from the config behind the model's name. */
export default class MyNetwork extends Module {
  conv1: Conv2d;
  conv2: Conv2d;
  pool = new MaxPool2d(2);
  flatten = new Flatten();
  fc: Linear;

  constructor({ classes = 10, inChannels = 1, imageSize = 28 } = {}) {
    super();
    this.conv1 = new Conv2d(inChannels, 16, 3, { padding: 1 });
    this.conv2 = new Conv2d(16, 32, 3, { padding: 1 });
    this.fc = new Linear(32 * Math.floor(imageSize / 4) ** 2, classes);
  }

  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    x = this.pool.forward(relu(this.conv1.forward(x, context)), context);
    x = this.pool.forward(relu(this.conv2.forward(x, context)), context);
    return this.fc.forward(this.flatten.forward(x, context), context);
  }
}
`;

const CALLBACK = `import type { Callback } from '@cnn/trainer';

/** Stops as soon as the network is good enough. */
export default function goodEnough({ threshold }: { threshold: number }): Callback {
  return {
    name: 'good-enough',
    onEpochEnd(run) {
      const accuracy = run.state.validation?.accuracy ?? 0;
      if (accuracy >= threshold) run.requestStop(\`validation accuracy reached \${threshold}\`);
    },
  };
}
`;

const README = `# My network

    npx cnn-cli run config.yaml                  # train; writes runs/my-network/1
    npx cnn-cli run config.yaml trainer.epochs=1 # change anything for one run
    npx cnn-cli summary config.yaml              # the layers, with their shapes
    npx cnn-cli predict runs/my-network/1 some.png

- \`config.yaml\` says everything about a run; editors complete it by \`config.schema.json\`.
- \`model.ts\` is the network, \`callback.ts\` an example of something that watches it.
`;
