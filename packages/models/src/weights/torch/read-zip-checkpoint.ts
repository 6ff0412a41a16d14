import type { ByteBudget } from '../byte-budget.ts';
import { ByteCursor } from '../byte-cursor.ts';
import { invalidWeightsFile, unsupportedWeightsFile } from '../invalid-weights-file.ts';
import { unpickle } from '../pickle/unpickle.ts';
import type { ReadLimits } from '../read-limits.ts';
import { ZipArchive } from '../zip/zip-archive.ts';
import type { TorchCheckpoint } from './checkpoint.ts';
import { persistentStorage } from './persistent-storage.ts';
import { resolveTorchGlobal } from './torch-globals.ts';

/**
 * Reads what `torch.save` writes since PyTorch 1.6: a zip archive of `data.pkl` and one entry a storage.
 *
 * @throws CnnError `unsupported` for TorchScript and other archives, `invalid-file` for damaged ones.
 */
export function readZipCheckpoint(
  bytes: Uint8Array,
  where: string,
  { limits, budget }: { limits: Required<ReadLimits>; budget: ByteBudget },
): TorchCheckpoint {
  const archive = new ZipArchive(bytes, where, budget);
  const root = rootFolder(archive);
  const cursor = new ByteCursor(archive.read(`${root}data.pkl`, limits.maxPickleBytes), `${where} (data.pkl)`);
  const value = unpickle(cursor, {
    resolveGlobal: (module, name) => resolveTorchGlobal(where, module, name),
    resolvePersistent: (id) => persistentStorage(id, where),
    maxObjects: limits.maxPickleObjects,
  });
  const read = new Map<string, Uint8Array>();
  const storages = {
    where,
    budget,
    bigEndian: isBigEndian(archive, `${root}byteorder`),
    read: ({ storage }: { storage: { key: string; numel: number; type: { bytesPerElement: number } } }) => {
      const data = read.get(storage.key) ?? archive.read(`${root}data/${storage.key}`);
      read.set(storage.key, data);
      const neededBytes = storage.numel * storage.type.bytesPerElement;
      if (data.length >= neededBytes) return data;
      throw invalidWeightsFile(where, `${neededBytes} bytes in the storage ${storage.key}`, String(data.length), {
        remedy: 'The storage was cut short: download or save the file again',
      });
    },
  };
  return { root: value, storages };
}

/** The folder that everything lies in, with its slash. Also the place to tell other archives apart. */
function rootFolder(archive: ZipArchive): string {
  const { where, names } = archive;
  const roots = names.filter((name) => /^([^/]*\/)?data\.pkl$/.test(name)).map((name) => name.slice(0, -8));
  const expected = 'a checkpoint written by torch.save';
  if (names.some((name) => /(^|\/)(constants\.pkl$|code\/)/.test(name))) {
    throw unsupportedWeightsFile(
      where,
      expected,
      'a TorchScript archive (torch.jit.save), which holds a program besides its weights',
      'In Python: torch.save(torch.jit.load(path).state_dict(), "weights.pt")',
    );
  }
  if (
    names.some((name) => /(^|\/)(archive_format|serialized_exported_program\.json|models\/[^/]*\.json)$/.test(name))
  ) {
    throw unsupportedWeightsFile(
      where,
      expected,
      'an archive of torch.export',
      'In Python: torch.save(torch.export.load(path).state_dict, "weights.pt")',
    );
  }
  const [root] = roots;
  if (root !== undefined && roots.length === 1) return root;
  const listed = `${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
  const received = roots.length === 0 ? `a zip archive of ${listed || 'nothing'}` : `${roots.length} data.pkl`;
  throw unsupportedWeightsFile(where, expected, received, 'Save the weights with torch.save or as safetensors');
}

function isBigEndian(archive: ZipArchive, name: string): boolean {
  if (!archive.has(name)) return false;
  const order = new TextDecoder().decode(archive.read(name, 16));
  if (order !== 'little' && order !== 'big') {
    throw invalidWeightsFile(archive.where, "the byte order 'little' or 'big'", JSON.stringify(order));
  }
  return order === 'big';
}
