import * as comlink from 'comlink';
import type { TrialRequest } from './backend-trial.ts';
import { ConfigService } from './config-service.ts';
import { DataSources } from './data/data-sources.ts';
import { DataService } from './data-service.ts';
import { EvaluationService } from './evaluation-service.ts';
import { InspectionService } from './inspection-service.ts';
import { NetworkService } from './network-service.ts';
import { RunHost } from './run-host.ts';
import { RunService } from './run-service.ts';
import type { SessionServices } from './session-services.ts';
import { TRIAL_WORKER } from './trial-worker.ts';
import { WeightsService } from './weights-service.ts';

if (self.name === TRIAL_WORKER) answerTrials();
else exposeSession();

function exposeSession(): void {
  const sources = new DataSources();
  const host = new RunHost(sources);

  const services: SessionServices = {
    run: comlink.proxy(new RunService(host)),
    config: comlink.proxy(new ConfigService()),
    weights: comlink.proxy(new WeightsService(host)),
    evaluation: comlink.proxy(new EvaluationService(host)),
    inspection: comlink.proxy(new InspectionService(host)),
    data: comlink.proxy(new DataService(host, sources)),
    network: comlink.proxy(new NetworkService()),
  };
  comlink.expose(services);
}

/** A Worker that only tries backends. */
function answerTrials(): void {
  addEventListener('message', async ({ data }: MessageEvent<TrialRequest>) => {
    const { runTrial } = await import('./run-trial.ts');
    postMessage(await runTrial(data));
  });
}
