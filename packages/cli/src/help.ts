import { styleText } from 'node:util';
import type { HelpConfiguration } from 'commander';

/** How help pages look: commands by their names alone, so that there is room for what they do. */
export function helpLayout({ colours }: { colours: boolean }): HelpConfiguration {
  const styled = (style: 'bold' | 'cyan') => (text: string) =>
    colours ? styleText(style, text, { validateStream: false }) : text;
  return {
    subcommandTerm: (command) => command.name(),
    styleTitle: styled('bold'),
    styleSubcommandTerm: styled('cyan'),
    styleOptionTerm: styled('cyan'),
    styleArgumentTerm: styled('cyan'),
  };
}

/** What is written below the help of a command, by its name: lines of at most 72 characters. */
export const HELP_EXAMPLES: Readonly<Record<string, string>> = {
  'cnn-cli': `
Examples:
  $ cnn-cli run quickstart         digits drawn here: no download
  $ cnn-cli run configs/notebooks/002.yaml trainer.epochs=1
  $ cnn-cli predict runs/quickstart/1 my-digit.png
  $ cnn-cli summary tiny-cnn
  $ cnn-cli run --help             more about a command

Exit codes: 0 done, 1 the work failed, 2 the command or the config
is wrong, 130 interrupted after a checkpoint.
`,
  run: `
Examples:
  $ cnn-cli run quickstart
  $ cnn-cli run config.yaml trainer.epochs=3 optimizer.lr=1e-3
  $ cnn-cli run config.yaml 'callbacks=[{early-stopping: {patience: 2}}]'
  $ cnn-cli run runs/quickstart/1 --resume
`,
  eval: `
Examples:
  $ cnn-cli eval runs/quickstart/1
  $ cnn-cli eval mnist_cnn.pt model=./my-model.ts data=mnist
`,
  predict: `
Examples:
  $ cnn-cli predict runs/quickstart/1 seven.png eight.jpg
  $ cnn-cli predict mnist_cnn.pt seven.png model=./my-model.ts
`,
  summary: `
Examples:
  $ cnn-cli summary two-block-cnn
  $ cnn-cli summary resnet18 --input 3x224x224
  $ cnn-cli summary ./my-model.ts --input 1x28x28
`,
  convert: `
Examples:
  $ cnn-cli convert mnist_cnn.pt mnist_cnn.safetensors
  $ cnn-cli convert resnet18.pth resnet18.onnx --model resnet18
`,
  export: `
Examples:
  $ cnn-cli export runs/quickstart/1 --format onnx
`,
  'lr-find': `
Examples:
  $ cnn-cli lr-find config.yaml --svg rates.svg
`,
  init: `
Examples:
  $ cnn-cli init my-network --data mnist
`,
};
