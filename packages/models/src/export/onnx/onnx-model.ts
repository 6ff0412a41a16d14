import { ProtobufWriter } from './protobuf-writer.ts';

/** Numbers of `TensorProto.DataType`. */
export const ONNX_TYPE = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;

type OnnxType = keyof typeof ONNX_TYPE;

/** Attributes of a node: a list is of integers, a number of the kind that its key says. */
export type OnnxAttributes = Readonly<
  Record<string, { int: number } | { ints: readonly number[] } | { float: number } | { text: string }>
>;

export interface OnnxNode {
  readonly opType: string;
  readonly name: string;
  /** Empty text for an optional input that is not given. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: OnnxAttributes;
}

export interface OnnxTensor {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | BigInt64Array | Uint8Array;
}

/** An input or output of the graph; a text in its shape names a side that may be anything. */
export interface OnnxPort {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: readonly (number | string)[];
}

export interface OnnxModel {
  readonly graphName: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** The IR version that came with opset 17. */
const IR_VERSION = 8;
const ONNX_OPSET = 17;

/** Encodes a `ModelProto`. @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
export function encodeOnnxModel(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const writer = new ProtobufWriter().int(1, IR_VERSION).text(2, '@cnn/models');
  writer.message(7, (graph) => {
    for (const node of model.nodes) graph.message(1, (message) => writeNode(message, node));
    graph.text(2, model.graphName);
    for (const tensor of model.initializers) graph.message(5, (message) => writeTensor(message, tensor));
    for (const port of model.inputs) graph.message(11, (message) => writePort(message, port));
    for (const port of model.outputs) graph.message(12, (message) => writePort(message, port));
  });
  writer.message(8, (opset) => opset.text(1, '').int(2, ONNX_OPSET));
  for (const [key, value] of Object.entries(model.metadata)) {
    writer.message(14, (entry) => entry.text(1, key).text(2, value));
  }
  return writer.finish();
}

function writeNode(message: ProtobufWriter, { inputs, outputs, name, opType, attributes }: OnnxNode): void {
  for (const input of inputs) message.text(1, input);
  for (const output of outputs) message.text(2, output);
  message.text(3, name).text(4, opType);
  for (const [key, value] of Object.entries(attributes)) {
    message.message(5, (attribute) => {
      attribute.text(1, key);
      if ('float' in value) attribute.float(2, value.float).int(20, 1);
      else if ('int' in value) attribute.int(3, value.int).int(20, 2);
      else if ('text' in value) attribute.text(4, value.text).int(20, 3);
      else {
        for (const entry of value.ints) attribute.int(8, entry);
        attribute.int(20, 7);
      }
    });
  }
}

function writeTensor(message: ProtobufWriter, { name, type, shape, data }: OnnxTensor): void {
  for (const side of shape) message.int(1, side);
  message.int(2, ONNX_TYPE[type]).text(8, name);
  message.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function writePort(message: ProtobufWriter, { name, type, shape }: OnnxPort): void {
  message.text(1, name).message(2, (typeProto) => {
    typeProto.message(1, (tensor) => {
      tensor.int(1, ONNX_TYPE[type]).message(2, (shapeProto) => {
        for (const side of shape) {
          shapeProto.message(1, (dim) => (typeof side === 'number' ? dim.int(1, side) : dim.text(2, side)));
        }
      });
    });
  });
}
