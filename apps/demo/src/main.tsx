import { render } from 'preact';
import { App } from './app.tsx';
import { openSession } from './state/session-store.ts';
import './page.css';

render(<App />, document.getElementById('app') as HTMLElement);
await openSession();
