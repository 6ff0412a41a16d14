import type { Config } from '@cnn/cli/config';

/** Reads and writes configurations as `cnn-cli` does. */
export class ConfigService {
  /**
   * The configuration that a YAML text stands for, every default filled in.
   *
   * @throws CnnError `invalid-config` with every problem, each with its line, column and remedy.
   */
  async parse(text: string, label: string): Promise<Config> {
    const { parseConfig } = await import('./config-yaml.ts');
    return parseConfig({ text, label }).config;
  }

  /** A configuration as YAML without what the defaults give: `cnn-cli run` makes the same run of it. */
  async text(config: Config): Promise<string> {
    const { configText, shortConfig } = await import('./config-yaml.ts');
    return configText(shortConfig(config));
  }
}
