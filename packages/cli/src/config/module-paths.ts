import { componentParts, isModulePath, type ListedComponent, type NamedComponent } from './component.ts';
import type { Config } from './config.ts';
import type { ConfigPath } from './config-document.ts';

/** A copy of `config` in which the path of each of the user's modules is what `map` makes of it. */
export function mapModulePaths(config: Config, map: (path: string, at: ConfigPath) => string): Config {
  return {
    ...config,
    data: named(config.data, ['data']),
    model: named(config.model, ['model']),
    callbacks: config.callbacks.map((callback, index) => listed(callback, ['callbacks', index])),
  };

  function named(component: NamedComponent, at: ConfigPath): NamedComponent {
    return isModulePath(component.name) ? { ...component, name: map(component.name, at) } : component;
  }

  function listed(component: ListedComponent, at: ConfigPath): ListedComponent {
    const [name, options] = componentParts(component);
    if (!isModulePath(name)) return component;
    const path = map(name, at);
    return Object.keys(options).length === 0 ? path : { [path]: options };
  }
}
