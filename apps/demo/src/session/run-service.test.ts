import type { Config } from '@cnn/cli/config';
import { decodeCheckpoint } from '@cnn/trainer';
import { describe, expect, test } from 'vitest';
import { IMPOSSIBLE, TINY } from '../../test/tiny-run.ts';
import { DataSources } from './data/data-sources.ts';
import { RunHost } from './run-host.ts';
import { RunService } from './run-service.ts';
import type { OpenedEvent, SessionEvent, StepPoint } from './session-event.ts';

/** A session as the Worker has it, with what it tells. */
class Session {
  readonly host: RunHost = new RunHost(new DataSources());
  readonly run: RunService = new RunService(this.host);
  readonly events: SessionEvent[] = [];

  constructor() {
    this.run.listen((event) => void this.events.push(event));
  }

  get losses(): StepPoint[] {
    return this.events.flatMap((event) => (event.type === 'steps' ? event.steps : []));
  }

  get opened(): OpenedEvent {
    const opened = this.events.findLast((event) => event.type === 'opened');
    if (opened?.type !== 'opened') throw new Error('nothing is open');
    return opened;
  }

  async until(status: string): Promise<void> {
    await expect.poll(() => this.host.status, { timeout: 10_000, interval: 5 }).toBe(status);
  }

  async steps(count: number): Promise<void> {
    await this.run.step(count);
    await this.until('paused');
  }
}

async function open(config: Config): Promise<Session> {
  const session = new Session();
  await session.run.open(config);
  return session;
}

describe('a run of the page', () => {
  test('steps across the end of an epoch, ends, and can be made longer', async () => {
    const session = await open(TINY);
    await session.steps(7);
    expect(session.losses.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await session.run.play();
    await session.until('ended');
    expect(session.losses).toHaveLength(10);
    await session.run.epoch();
    await session.until('paused');
    expect(session.losses).toHaveLength(15);
    expect(session.host.current()?.config.trainer.epochs).toBe(12);
  });

  test('tells every loss, also where a configuration asks for every hundredth', async () => {
    const session = await open({ ...TINY, trainer: { ...TINY.trainer, logEverySteps: 100 } });
    await session.steps(3);
    expect(session.losses.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(session.host.current()?.config.trainer.logEverySteps).toBe(100);
  });

  test('another batch size begins with the next epoch; the rate counts from the next step; it stays one run', async () => {
    const session = await open(TINY);
    await session.steps(2);
    const { optimizer, data } = TINY;
    const changed = { ...TINY, optimizer: { ...optimizer, lr: 0.5 }, data: { ...data, batchSize: 20 } } as Config;
    await session.run.configure(changed);
    expect(session.host.current()?.optimizer.groups[0]?.lr).toBe(0.5);
    await session.run.play();
    await session.until('ended');
    expect(session.losses).toHaveLength(5 + 2);
    expect(session.events.filter(({ type }) => type === 'opened')).toHaveLength(1);
  });

  test('on another backend it goes on from its step, with its losses', async () => {
    const session = await open(TINY);
    await session.steps(3);
    const before = session.host.current();
    await session.run.configure({ ...TINY, backend: 'cpu' });
    expect(session.opened).toMatchObject({ run: before?.id, step: 3, backend: { name: 'cpu' } });
    expect(session.opened.losses).toHaveLength(3);
    await session.steps(1);
    expect(session.losses.at(-1)?.step).toBe(4);
  });

  test('a run that cannot begin leaves the one before as it was', async () => {
    const session = await open(TINY);
    await session.steps(2);
    const former = session.host.current();
    await expect(session.run.configure(IMPOSSIBLE)).rejects.toThrow(/99/);
    expect(session.host.current()).toBe(former);
    await session.steps(1);
    expect(session.losses.map(({ step }) => step)).toEqual([1, 2, 3]);
  });

  test('the run before is set aside and can be brought back, to its very step', async () => {
    const session = await open(TINY);
    await session.steps(3);
    await session.run.open({ ...TINY, seed: 5 });
    await session.steps(1);
    expect(await session.run.bringBack()).toBe(true);
    expect(session.opened).toMatchObject({ step: 3, config: { seed: 0 } });
    expect(await session.run.bringBack()).toBe(true);
    expect(session.opened).toMatchObject({ step: 1, config: { seed: 5 } });
  });

  test('its file opens elsewhere and gives the losses that it would have given here', async () => {
    const session = await open(TINY);
    await session.steps(3);
    const file = await session.run.file();
    await session.steps(3);
    const other = new Session();
    await other.run.openFile(file ?? new Uint8Array());
    expect(other.opened.step).toBe(3);
    await other.steps(3);
    expect(other.losses).toEqual(session.losses.slice(3));
  });

  test('what is pulled while a run is being opened trains that run; a pause before then takes it back', async () => {
    const session = await open(TINY);
    const opening = session.run.open({ ...TINY, seed: 5 });
    const stepping = session.run.step(2);
    await Promise.all([opening, stepping]);
    await session.until('paused');
    expect(session.opened.config.seed).toBe(5);
    expect(session.losses.map(({ step }) => step)).toEqual([1, 2]);
    const reopening = session.run.open({ ...TINY, seed: 6 });
    const playing = session.run.play();
    session.run.pause();
    await Promise.all([reopening, playing]);
    expect(session.host.status).toBe('ready');
  });

  test('a run that failed is opened again to be tried; a pause before then takes that back', async () => {
    const session = await open(TINY);
    await session.run.configure({ ...TINY, optimizer: { ...TINY.optimizer, lr: 1e30 } });
    await session.run.play();
    await session.until('failed');
    await session.run.configure(TINY);
    session.run.listen((event) => {
      if (event.type === 'status' && event.status === 'opening') session.run.pause();
    });
    await session.run.play();
    expect(session.host.status).toMatch(/ready|paused/);
    session.run.listen(() => undefined);
    await session.steps(1);
  });

  test('what is pulled for a run that cannot begin does not train the one before', async () => {
    const session = await open(TINY);
    await session.steps(2);
    const refused = session.run.configure(IMPOSSIBLE);
    const stepping = session.run.step(1);
    await expect(refused).rejects.toThrow(/99/);
    await stepping;
    expect(session.host.status).toBe('paused');
    expect(session.losses).toHaveLength(2);
  });

  test('its file has the step that was just taken, from the moment at which the page hears of the pause', async () => {
    const session = await open(TINY);
    let file: Promise<Uint8Array | undefined> | undefined;
    session.run.listen((event) => {
      if (event.type === 'status' && event.status === 'paused') file ??= session.run.file();
    });
    await session.run.step(2);
    await expect.poll(() => file !== undefined).toBe(true);
    expect(decodeCheckpoint((await file) ?? new Uint8Array(), { where: 'the file' }).state.run.step).toBe(2);
  });

  test('at its end it stays there when another cannot begin, and can be made longer', async () => {
    const session = await open(TINY);
    await session.run.play();
    await session.until('ended');
    await expect(session.run.configure(IMPOSSIBLE)).rejects.toThrow(/99/);
    expect(session.host.status).toBe('ended');
    await session.steps(1);
    expect(session.losses.at(-1)?.step).toBe(11);
  });

  test('in an epoch that began with another batch size it can be kept and gone on with', async () => {
    const session = await open(TINY);
    await session.steps(2);
    await session.run.configure({ ...TINY, data: { ...TINY.data, batchSize: 20 } as Config['data'] });
    await session.steps(1);
    const file = await session.run.file();
    await session.run.openFile(file ?? new Uint8Array());
    await session.run.play();
    await session.until('ended');
    expect(session.losses).toHaveLength(5 + 2);
    expect(session.host.current()?.config.data.batchSize).toBe(20);
  });

  test('a file whose weights are not those of its network is refused, and the run before is there again', async () => {
    const session = await open(TINY);
    await session.steps(3);
    const file = Buffer.from((await session.run.file()) ?? new Uint8Array());
    const broken = Buffer.from(file.toString('latin1').replaceAll('.weight"', '.weighs"'), 'latin1');
    await expect(session.run.openFile(broken)).rejects.toThrow(/weigh/);
    expect(session.opened).toMatchObject({ step: 3, config: { model: TINY.model } });
    await session.steps(1);
    expect(session.losses.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
  });

  test('an answer comes after everything that led to it was heard', async () => {
    const session = new Session();
    let heard = 0;
    session.run.listen(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      heard++;
    });
    await session.run.open(TINY);
    expect(heard).toBeGreaterThanOrEqual(3); // opening, opened, ready
  });

  test('a file that is no run is refused, and the run that is open stays', async () => {
    const session = await open(TINY);
    await expect(session.run.openFile(Uint8Array.of(1, 2, 3))).rejects.toThrow(/the run/);
    await session.steps(1);
  });
});
