export { comparableConfig } from './config/comparable-config.ts';
export {
  type ComponentOptions,
  componentParts,
  type ListedComponent,
  type NamedComponent,
} from './config/component.ts';
export type { Config, TrainerConfig, TransferConfig } from './config/config.ts';
export type { ConfigPath } from './config/config-document.ts';
export { configText } from './config/config-text.ts';
export { type DataOptions, dataOptions } from './config/data-options.ts';
export { applyOverrides, type Override, parseOverride } from './config/override.ts';
export { type ConfigSource, type ParsedConfig, parseConfig } from './config/parse-config.ts';
export { resolveConfig } from './config/resolve-config.ts';
export { shortConfig } from './config/short-config.ts';
