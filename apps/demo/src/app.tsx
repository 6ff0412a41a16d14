import type { JSX } from 'preact';
import { LazyPanel } from './components/lazy-panel.tsx';
import { Notices } from './components/notice.tsx';
import { ThemeToggle } from './components/theme-toggle.tsx';
import { DropAnywhere } from './panels/data/drop-anywhere.tsx';
import { RunBar } from './panels/run/run-bar.tsx';

/** The page: what one does first stands first. */
export function App(): JSX.Element {
  return (
    <>
      <a class="skip" href="#panels">
        Skip to the panels
      </a>
      <header class="masthead">
        <h1>Watch a CNN learn</h1>
        <ThemeToggle />
        <p>A convolutional network trains in this tab, on your machine, and you can look inside it while it does.</p>
        <ol class="steps">
          <li>
            <span>Press play</span>
          </li>
          <li>
            <a href="#at-inside">Look inside</a>
          </li>
          <li>
            <a href="#at-drawing">Draw a digit and have it read</a>
          </li>
          <li>
            <a href="#at-network">Change the network</a>
          </li>
          <li>
            <a href="#at-data">Bring your own images</a>
          </li>
        </ol>
      </header>
      <RunBar />
      <Notices />
      <main class="panels" id="panels">
        <div class="cell wide" id="at-learning">
          <LazyPanel
            title="Learning"
            minHeight="24rem"
            load={() => import('./panels/learning/learning-panel.tsx').then((module) => module.LearningPanel)}
          />
        </div>
        <div class="cell" id="at-drawing">
          <LazyPanel
            title="Draw"
            minHeight="24rem"
            load={() => import('./panels/drawing/drawing-panel.tsx').then((module) => module.DrawingPanel)}
          />
        </div>
        <div class="cell full" id="at-inside">
          <LazyPanel
            title="Inside"
            minHeight="40rem"
            load={() => import('./panels/inside/inside-panel.tsx').then((module) => module.InsidePanel)}
          />
        </div>
        <div class="cell wide" id="at-network">
          <LazyPanel
            title="Network"
            minHeight="40rem"
            load={() => import('./panels/network/network-panel.tsx').then((module) => module.NetworkPanel)}
          />
        </div>
        <div class="cell" id="at-data">
          <LazyPanel
            title="Data"
            minHeight="40rem"
            load={() => import('./panels/data/data-panel.tsx').then((module) => module.DataPanel)}
          />
        </div>
        <div class="cell wide" id="at-mistakes">
          <LazyPanel
            title="Mistakes"
            minHeight="30rem"
            load={() => import('./panels/mistakes/mistakes-panel.tsx').then((module) => module.MistakesPanel)}
          />
        </div>
        <div class="cell" id="at-share">
          <LazyPanel
            title="Share"
            minHeight="20rem"
            load={() => import('./panels/share/share-panel.tsx').then((module) => module.SharePanel)}
          />
        </div>
      </main>
      <DropAnywhere />
    </>
  );
}
