import type { JSX } from 'preact';
import { Notices } from './components/notice.tsx';
import { DrawingPanel } from './panels/drawing-panel.tsx';
import { LearningPanel } from './panels/learning-panel.tsx';
import { RunBar } from './panels/run-bar.tsx';

export function App(): JSX.Element {
  return (
    <>
      <header>
        <h1>Watch a CNN learn</h1>
        <p>
          A convolutional network trains in this tab, on your machine. Press play, then draw a digit and have it read
          while it learns.
        </p>
      </header>
      <RunBar />
      <Notices />
      <main class="panels">
        <LearningPanel />
        <DrawingPanel />
      </main>
    </>
  );
}
