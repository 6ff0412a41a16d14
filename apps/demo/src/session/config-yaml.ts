/**
 * Reading and writing configurations as YAML: for links, files and runs that are kept, not for the first step. Import it
 * when it is needed, `await import('./config-yaml.ts')`: it is a sixth of the Worker.
 */
export { configText, parseConfig, resolveConfig, shortConfig } from '@cnn/cli/config';
