import * as comlink from 'comlink';
import type { SessionEvent } from './session-event.ts';
import { TrainingSession } from './training-session.ts';

comlink.expose({
  /** Everything the page may ask of the Worker. */
  create: (tell: (event: SessionEvent) => void) => comlink.proxy(new TrainingSession(tell)),
});
