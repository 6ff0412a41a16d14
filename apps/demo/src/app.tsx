import type { JSX } from 'preact';
import { DrawingPanel } from './panels/drawing-panel.tsx';
import { LearningPanel } from './panels/learning-panel.tsx';
import { RunBar } from './panels/run-bar.tsx';
import { view } from './state/session-store.ts';

export function App(): JSX.Element {
  const { problem } = view.value;
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
      {problem && <p role="alert">{problem}</p>}
      <main class="panels">
        <LearningPanel />
        <DrawingPanel />
      </main>
    </>
  );
}
