import { inputOf, numberAttr, outputOf } from '../node-access.ts';
import type { GraphNode } from '../trace/traced-graph.ts';
import type { Form, OnnxGraphBuilder } from './onnx-graph-builder.ts';
import { ONNX_TYPE, type OnnxAttributes } from './onnx-model.ts';
import { commonForm, type OnnxTranslator } from './onnx-translator.ts';

type Emit = (inputs: string[], builder: OnnxGraphBuilder, node: GraphNode) => string;

/** A kernel that works on each element: its inputs in one form, its output in the same. */
function elementwise(inputNames: readonly string[], emit: Emit): OnnxTranslator {
  return (node, builder) => {
    const values = inputNames.map((name) => inputOf(node, name));
    const output = outputOf(node);
    const form: Form = commonForm(values, output, builder);
    const inputs = values.map((value) => builder.useBroadcast(value, form));
    builder.define(output, form, emit(inputs, builder, node));
  };
}

/** One operator of ONNX. */
function operator(opType: string, attributes: (node: GraphNode) => OnnxAttributes = () => ({})): Emit {
  return (inputs, builder, node) => one(builder, opType, inputs, attributes(node));
}

function one(
  builder: OnnxGraphBuilder,
  opType: string,
  inputs: readonly string[],
  attributes: OnnxAttributes = {},
): string {
  return builder.emit(opType, inputs, attributes)[0] ?? '';
}

const clip =
  (low: (node: GraphNode) => number, high: (node: GraphNode) => number): Emit =>
  ([x = ''], builder, node) =>
    one(builder, 'Clip', [x, builder.scalar(low(node)), builder.scalar(high(node))]);

const UNARY: Readonly<Record<string, Emit>> = {
  ...Object.fromEntries(
    'Abs Ceil Cos Elu Erf Exp Floor Identity Log Neg Reciprocal Relu Round Selu Sigmoid Sign Sin Softplus Sqrt Tanh'
      .split(' ')
      .map((name) => [name, operator(name)]),
  ),
  LogicalNot: operator('Not'),
  LeakyRelu: operator('LeakyRelu', (node) => ({ alpha: { float: numberAttr(node, 'alpha') } })),
  Cast: operator('Cast', (node) => ({ to: { int: ONNX_TYPE[outputOf(node).dtype] } })),
  Relu6: clip(
    () => 0,
    () => 6,
  ),
  ClipByValue: clip(
    (node) => numberAttr(node, 'clipValueMin'),
    (node) => numberAttr(node, 'clipValueMax'),
  ),
  Square: ([x = ''], builder) => one(builder, 'Mul', [x, x]),
  Rsqrt: ([x = ''], builder) => one(builder, 'Reciprocal', [one(builder, 'Sqrt', [x])]),
  Expm1: ([x = ''], builder) => one(builder, 'Sub', [one(builder, 'Exp', [x]), builder.scalar(1)]),
  Log1p: ([x = ''], builder) => one(builder, 'Log', [one(builder, 'Add', [x, builder.scalar(1)])]),
};

const BINARY: Readonly<Record<string, Emit>> = {
  Add: operator('Add'),
  Sub: operator('Sub'),
  Multiply: operator('Mul'),
  RealDiv: operator('Div'),
  Pow: operator('Pow'),
  Maximum: operator('Max'),
  Minimum: operator('Min'),
  Equal: operator('Equal'),
  Greater: operator('Greater'),
  GreaterEqual: operator('GreaterOrEqual'),
  Less: operator('Less'),
  LessEqual: operator('LessOrEqual'),
  LogicalAnd: operator('And'),
  LogicalOr: operator('Or'),
  NotEqual: (inputs, builder) => one(builder, 'Not', [one(builder, 'Equal', inputs)]),
  SquaredDifference: (inputs, builder) => {
    const difference = one(builder, 'Sub', inputs);
    return one(builder, 'Mul', [difference, difference]);
  },
};

/** Softmax is over the channels, the last axis here. */
function softmax(opType: string): OnnxTranslator {
  return (node, builder) => {
    const value = inputOf(node, 'logits');
    const form = commonForm([value], outputOf(node), builder);
    const axis = form === 'torch' ? 1 : value.shape.length - 1;
    builder.define(outputOf(node), form, one(builder, opType, [builder.use(value, form)], { axis: { int: axis } }));
  };
}

function each(inputNames: readonly string[], emits: Readonly<Record<string, Emit>>): Record<string, OnnxTranslator> {
  return Object.fromEntries(Object.entries(emits).map(([kernel, emit]) => [kernel, elementwise(inputNames, emit)]));
}

/** Kernels that work on each element by itself, and softmax. */
export const ELEMENTWISE_TRANSLATORS: Readonly<Record<string, OnnxTranslator>> = {
  ...each(['x'], UNARY),
  ...each(['a', 'b'], BINARY),
  Prelu: elementwise(['x', 'alpha'], operator('PRelu')),
  Select: elementwise(['condition', 't', 'e'], operator('Where')),
  Softmax: softmax('Softmax'),
};
