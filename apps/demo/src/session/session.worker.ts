import * as comlink from 'comlink';
import { EvaluationService } from './evaluation-service.ts';
import { InspectionService } from './inspection-service.ts';
import { NetworkService } from './network-service.ts';
import { RunService } from './run-service.ts';
import type { SessionServices } from './session-services.ts';

const run = new RunService();

const services: SessionServices = {
  run: comlink.proxy(run),
  evaluation: comlink.proxy(new EvaluationService(run)),
  inspection: comlink.proxy(new InspectionService(run)),
  network: comlink.proxy(new NetworkService()),
};
comlink.expose(services);
