import '@tensorflow/tfjs-backend-cpu';
import { env, setBackend } from '@tensorflow/tfjs-core';

env().set('PROD', true); // tfjs prints an advertisement otherwise
await setBackend('cpu');
