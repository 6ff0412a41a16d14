import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { CnnError, cpuBackend, Linear, type Module, ReLU, Sequential, selectBackend } from '../index.ts';

beforeAll(async () => {
  await selectBackend('cpu', [cpuBackend()]);
});

describe('a Sequential', () => {
  test('in a row numbers its children, in order beyond ten', async () => {
    const model = new Sequential(...Array.from({ length: 12 }, () => new Linear(1, 1, { bias: false })));
    expect([...(await model.stateDict()).keys()]).toEqual(Array.from({ length: 12 }, (_, i) => `${i}.weight`));
  });

  test('of an object names its children', async () => {
    const model = new Sequential({ fc1: new Linear(2, 3), act: new ReLU(), fc2: new Linear(3, 1, { bias: false }) });
    expect([...(await model.stateDict()).keys()]).toEqual(['fc1.weight', 'fc1.bias', 'fc2.weight']);
    expect(model.length).toBe(3);
    expect(model.at(-1)).toBeInstanceOf(Linear);
    expect(model.at(3)).toBeUndefined();
  });

  test('applies them one after the other', () => {
    const [first, second] = [new Linear(2, 3), new Linear(3, 1)];
    const model = new Sequential(first, new ReLU(), second);
    const [whole, parts] = tidy(() => {
      const x = tensor([[1, -2]]);
      const byHand: Tensor = second.forward(new ReLU().forward(first.forward(x)));
      return [model.forward(x).dataSync(), byHand.dataSync()];
    });
    expect(whole).toEqual(parts);
  });

  test('that is empty passes its input on', () => {
    const x = tensor([1]);
    const y = new Sequential().forward(x);
    x.dispose();
    expect(Array.from(y.dataSync())).toEqual([1]);
    y.dispose();
  });

  test('nests, with paths', () => {
    const model = new Sequential(new Sequential({ head: new Linear(1, 1) }), new Linear(1, 1));
    expect(model.namedParameters().map(([path]) => path)).toEqual([
      '0.head.weight',
      '0.head.bias',
      '1.weight',
      '1.bias',
    ]);
  });

  test('lets a child be replaced by assignment, as transfer learning does', () => {
    const model = new Sequential({ body: new Linear(2, 2), head: new Linear(2, 5) });
    Object.assign(model, { head: new Linear(2, 3) });
    expect(model.children().map(([name]) => name)).toEqual(['body', 'head']);
    expect((model.at(-1) as Linear).outFeatures).toBe(3);
  });

  test.each(['1', 'a.b', 'forward', 'length', ''])('refuses the name %j', (name) => {
    expect(() => new Sequential({ [name]: new ReLU() })).toThrow(CnnError);
  });

  test('refuses what is no module and says so', () => {
    const notAModule = ReLU as never as Module;
    expect(() => new Sequential(notAModule)).toThrow(
      'Sequential.0: expected a Module, received a function ReLU. Pass module instances, for example new ReLU() instead of relu.',
    );
  });
});
