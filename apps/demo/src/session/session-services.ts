import type { ProxyMarked } from 'comlink';
import type { ConfigService } from './config-service.ts';
import type { DataService } from './data-service.ts';
import type { EvaluationService } from './evaluation-service.ts';
import type { InspectionService } from './inspection-service.ts';
import type { NetworkService } from './network-service.ts';
import type { RunService } from './run-service.ts';
import type { WeightsService } from './weights-service.ts';

/** Everything the page may ask of the Worker, by concern. */
export interface SessionServices {
  readonly run: RunService & ProxyMarked;
  readonly config: ConfigService & ProxyMarked;
  readonly weights: WeightsService & ProxyMarked;
  readonly evaluation: EvaluationService & ProxyMarked;
  readonly inspection: InspectionService & ProxyMarked;
  readonly data: DataService & ProxyMarked;
  readonly network: NetworkService & ProxyMarked;
}
