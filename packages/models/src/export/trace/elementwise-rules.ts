import { backend_util } from '@tensorflow/tfjs-core';
import type { KernelRule } from './kernel-rule.ts';

/** Same shape and dtype out as in. */
const unary: KernelRule = (inputs) => ({ outputs: [inputs.get('x')] });

function unaryWith(...names: readonly string[]): KernelRule {
  return (inputs, attrs) => ({
    outputs: [inputs.get('x')],
    attrs: Object.fromEntries(names.map((name) => [name, attrs.number(name)])),
  });
}

/** Softmax is over the last axis; `dim` or `axis` of tfjs says nothing else. */
const softmax: KernelRule = (inputs) => ({ outputs: [inputs.get('logits')] });

const binary: KernelRule = (inputs) => {
  const [a, b] = [inputs.get('a'), inputs.get('b')];
  return { outputs: [{ shape: backend_util.assertAndGetBroadcastShape([...a.shape], [...b.shape]), dtype: a.dtype }] };
};

const comparison: KernelRule = (inputs, attrs) => {
  const [output] = binary(inputs, attrs).outputs;
  return { outputs: [{ shape: output?.shape ?? [], dtype: 'bool' }] };
};

const UNARY =
  'Abs Ceil Cos Elu Erf Exp Expm1 Floor Identity Log Log1p LogicalNot Neg Reciprocal Relu Relu6 Round Rsqrt Selu ' +
  'Sigmoid Sign Sin Softplus Sqrt Square Tanh';
const BINARY = 'Add Maximum Minimum Multiply Pow RealDiv SquaredDifference Sub';
const COMPARISON = 'Equal Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr NotEqual';

function each(names: string, rule: KernelRule): Record<string, KernelRule> {
  return Object.fromEntries(names.split(' ').map((name) => [name, rule]));
}

/** Kernels that work on each element by itself, and softmax. */
export const ELEMENTWISE_RULES: Readonly<Record<string, KernelRule>> = {
  ...each(UNARY, unary),
  ...each(BINARY, binary),
  ...each(COMPARISON, comparison),
  LeakyRelu: unaryWith('alpha'),
  ClipByValue: unaryWith('clipValueMin', 'clipValueMax'),
  Softmax: softmax,
  Prelu: (inputs) => ({ outputs: [inputs.get('x')] }),
  Cast: (inputs, attrs) => {
    const dtype = attrs.text<'float32' | 'int32' | 'bool'>('dtype', 'float32');
    return { outputs: [{ shape: inputs.get('x').shape, dtype }], attrs: { dtype } };
  },
  Select: (inputs) => ({ outputs: [inputs.get('t')] }),
};
