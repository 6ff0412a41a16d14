import { configJsonSchema } from '../config/config-schema.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** `cnn-cli schema`: the JSON Schema of the config, for editors. */
export async function schemaCommand({ terminal }: { terminal: Terminal }): Promise<number> {
  terminal.document(configJsonSchema());
  return 0;
}
