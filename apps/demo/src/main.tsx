import { render } from 'preact';
import { App } from './app.tsx';
import { takeDroppedRuns } from './panels/share/drop-runs.ts';
import { keepPage } from './state/offline-store.ts';
import { startSession } from './state/run-actions.ts';
import { followTheme } from './state/theme-store.ts';
import './styles/theme.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/panel.css';
import './styles/run-bar.css';
import './styles/drawing.css';

followTheme();
render(<App />, document.getElementById('app') as HTMLElement);
takeDroppedRuns();
await startSession();
await keepPage();
