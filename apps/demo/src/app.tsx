import type { JSX } from 'preact';
import { LearningPanel } from './panels/learning-panel.tsx';
import { RunBar } from './panels/run-bar.tsx';
import { view } from './state/session-store.ts';

export function App(): JSX.Element {
  const { problem } = view.value;
  return (
    <>
      <header>
        <h1>Watch a CNN learn</h1>
      </header>
      <RunBar />
      {problem && <p role="alert">{problem}</p>}
      <main>
        <LearningPanel />
      </main>
    </>
  );
}
