import type { PickleValue } from '../pickle/pickle-value.ts';
import type { StorageBytes } from './materialize-tensor.ts';

/** What `torch.save` wrote: the object, and the storages that its tensors are views of. */
export interface TorchCheckpoint {
  readonly root: PickleValue;
  readonly storages: StorageBytes;
}
