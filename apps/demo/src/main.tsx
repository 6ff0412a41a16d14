import { render } from 'preact';
import { App } from './app.tsx';
import { startSession } from './state/run-store.ts';
import './page.css';

render(<App />, document.getElementById('app') as HTMLElement);
await startSession();
