import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { session } from '../state/session-client.ts';

const SIDE = 224;
const PEN = 18;

const probabilities = signal<readonly number[]>(Array(10).fill(0));
const remark = signal('Draw a digit with pen, finger or mouse; the network reads it as it is now.');

/** A canvas to draw a digit on, and what the network takes it for. */
export function DrawingPanel(): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef(false);

  const read = async (): Promise<void> => {
    const image = canvas.current?.getContext('2d')?.getImageData(0, 0, SIDE, SIDE);
    if (!image) return;
    try {
      probabilities.value = await session().inspection.read(image.data, SIDE);
    } catch (error) {
      remark.value = error instanceof Error ? error.message : String(error);
    }
  };
  const move = ({ offsetX, offsetY, currentTarget }: PointerEvent): void => {
    const context = canvas.current?.getContext('2d');
    if (!drawing.current || !context) return;
    const scale = SIDE / (currentTarget as HTMLCanvasElement).clientWidth;
    context.lineTo(offsetX * scale, offsetY * scale);
    context.stroke();
  };
  const start = (event: PointerEvent): void => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    Object.assign(context, { lineWidth: PEN, lineCap: 'round', lineJoin: 'round', strokeStyle: '#fff' });
    context.beginPath();
    drawing.current = true;
    (event.currentTarget as HTMLCanvasElement).setPointerCapture(event.pointerId);
    move(event);
  };
  const end = (): void => {
    drawing.current = false;
    void read();
  };
  const clear = (): void => {
    canvas.current?.getContext('2d')?.fillRect(0, 0, SIDE, SIDE); // black: the default fill
    probabilities.value = Array(10).fill(0);
  };

  useEffect(clear, []);

  const best = probabilities.value.indexOf(Math.max(...probabilities.value));
  return (
    <section class="panel" aria-labelledby="drawing">
      <h2 id="drawing">Draw</h2>
      <p>{remark}</p>
      <div class="drawing">
        <canvas
          ref={canvas}
          width={SIDE}
          height={SIDE}
          role="img"
          aria-label="Canvas to draw a digit on"
          onPointerDown={start}
          onPointerMove={move}
          onPointerUp={end}
        />
        <ol class="probabilities" aria-label="Probability of each digit">
          {probabilities.value.map((probability, digit) => (
            <li key={digit} aria-current={probability > 0 && digit === best ? 'true' : undefined}>
              <span>{digit}</span>
              <meter value={probability} min={0} max={1} aria-label={`Probability of ${digit}`} />
              <span>{(100 * probability).toFixed(1)} %</span>
            </li>
          ))}
        </ol>
      </div>
      <button type="button" onClick={clear}>
        Clear
      </button>
    </section>
  );
}
