export type { ComponentOptions, ListedComponent, NamedComponent } from './config/component.ts';
export type { Config, TrainerConfig, TransferConfig } from './config/config.ts';
export type { DataOptions } from './config/data-options.ts';
