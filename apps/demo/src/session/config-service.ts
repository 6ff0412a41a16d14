import { type Config, configText, parseConfig, shortConfig } from '@cnn/cli/config';

/** Reads and writes configurations as `cnn-cli` does. */
export class ConfigService {
  /**
   * The configuration that a YAML text stands for, every default filled in.
   *
   * @throws CnnError `invalid-config` with every problem, each with its line, column and remedy.
   */
  parse(text: string, label: string): Config {
    return parseConfig({ text, label }).config;
  }

  /** A configuration as YAML without what the defaults give: `cnn-cli run` makes the same run of it. */
  text(config: Config): string {
    return configText(shortConfig(config));
  }
}
