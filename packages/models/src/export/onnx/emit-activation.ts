import { CnnError } from '@cnn/core';
import { numberAttr } from '../node-access.ts';
import type { GraphNode } from '../trace/traced-graph.ts';
import type { OnnxGraphBuilder } from './onnx-graph-builder.ts';

const OPERATORS: Readonly<Record<string, string>> = { relu: 'Relu', elu: 'Elu', sigmoid: 'Sigmoid' };

/** What a fused kernel applies at its end, as a node of its own. */
export function emitActivation(name: string, node: GraphNode, builder: OnnxGraphBuilder): string {
  const { activation = 'linear' } = node.attrs;
  if (activation === 'linear') return name;
  const [result = ''] =
    activation === 'relu6'
      ? builder.emit('Clip', [name, builder.scalar(0), builder.scalar(6)])
      : activation === 'leakyrelu'
        ? builder.emit('LeakyRelu', [name], { alpha: { float: numberAttr(node, 'alpha') } })
        : builder.emit(OPERATORS[String(activation)] ?? refuse(node), [name]);
  return result;
}

function refuse(node: GraphNode): never {
  throw new CnnError('unsupported', {
    where: `export of ${node.kernel}`,
    expected: `one of the fused activations linear, relu6, leakyrelu, ${Object.keys(OPERATORS).join(', ')}`,
    received: String(node.attrs.activation),
    remedy: 'Apply the activation as an operation of its own',
  });
}
