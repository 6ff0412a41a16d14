export {
  type CallbackCheck,
  type CallbackConformanceOptions,
  callbackConformance,
} from './conformance/callback-conformance.ts';
export { Points, type PointsOptions, TinyNet, tinyNet } from './conformance/tiny-task.ts';
