import { stringify } from 'yaml';

/** A config, resolved or short, as the YAML that `cnn-cli run` takes. */
export function configText(config: object): string {
  return stringify(config, { lineWidth: 120 });
}
