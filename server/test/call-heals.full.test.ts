/**
 * A call comes back by itself, measured round by round in two real browsers: after its media worker was killed, the
 * network was switched or gone for ten seconds, a tab was in the background, a machine slept, `live` was restarted.
 */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { CallGround } from './call-ground.js';
import { WorkerDumps } from './worker-dumps.js';

const ROUNDS = Number(process.env.HEAL_ROUNDS ?? 30);
const ROUND_MS = 30_000;
const DARK_MS = 10_000;
/** The promise: so many milliseconds for nineteen of twenty, and twice as many for every one. */
const BACK_MS = 5000;

let ground: CallGround;
let dumps: WorkerDumps;

beforeAll(async () => {
  dumps = new WorkerDumps();
  ground = await CallGround.start();
}, 120_000);

afterAll(async () => {
  dumps?.close();
  await ground?.close();
}, 60_000);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** From what `hurt` gives as the moment at which all could go on, to sound and pictures on both sides. */
async function measure(rounds: number, hurt: () => Promise<number>): Promise<readonly number[]> {
  const waits: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // The clock of `live` stands still, and so many rounds are more than its sides may ask within ten seconds.
    ground.pass(10_000);
    const from = await hurt();
    waits.push((await ground.mediaBack()) - from);
  }
  return waits.sort((one, other) => one - other);
}

function expectKept(what: string, waits: readonly number[]): void {
  const at = (share: number) => Math.round(waits[Math.ceil(waits.length * share) - 1] ?? Infinity);
  const figures = { p50: at(0.5), p95: at(0.95), most: at(1), rounds: waits.length };
  process.stdout.write(`${what}: ${JSON.stringify(figures)}\n`);
  expect(figures.p95, `${what}, p95`).toBeLessThanOrEqual(BACK_MS);
  expect(figures.most, `${what}, at most`).toBeLessThanOrEqual(2 * BACK_MS);
}

/** How often each side's session was opened. */
function sessions(): Promise<readonly number[]> {
  return Promise.all(ground.sides.map(({ page }) => page.evaluate(() => window.healPage.opened())));
}

/** Nothing of what was there before: one router, two transports and two streams of each side, two consumers each. */
async function expectNothingLeft(): Promise<void> {
  const whole = { routers: 1, transports: 4, producers: 4, consumers: 4, listening: 4 };
  await expect.poll(() => dumps.counts(), { timeout: 15_000 }).toEqual(whole);
}

it(
  'after its media worker was killed, while lines go on being taken',
  async () => {
    const before = await sessions();
    const lines: number[] = [];
    const waits = await measure(ROUNDS, async () => {
      const killed = await ground.killWorker();
      const said = await ground.visitor.page.evaluate(() => window.healPage.say('Is anybody there?'));
      lines.push(said);
      return killed;
    });
    expectKept('worker killed', waits);
    expect(Math.max(...lines)).toBeLessThan(2000);
    expect(await sessions()).toEqual(before);
    await expectNothingLeft();
  },
  ROUNDS * ROUND_MS,
);

it(
  'after the network was switched',
  async () => {
    const waits = await measure(ROUNDS, async () => ground.network.switchAddress());
    expectKept('network switched', waits);
    await expectNothingLeft();
  },
  ROUNDS * ROUND_MS,
);

it(
  'after ten seconds without any network',
  async () => {
    const waits = await measure(ROUNDS, async () => {
      ground.network.goDark();
      await pause(DARK_MS);
      ground.network.comeBack();
      return performance.now();
    });
    expectKept('ten seconds dark', waits);
    await expectNothingLeft();
  },
  ROUNDS * (ROUND_MS + DARK_MS),
);

it(
  'in a tab in the background',
  async () => {
    const { page } = ground.visitor;
    await page.evaluate(() => window.healPage.throttle(true));
    const waits = await measure(ROUNDS, () => ground.killWorker());
    expectKept('in the background', waits);
    await page.evaluate(() => window.healPage.throttle(false));
    await expectNothingLeft();
  },
  ROUNDS * ROUND_MS,
);

it(
  'in a tab that its browser has frozen, once it is looked at again',
  async () => {
    const { page } = ground.visitor;
    const tools = await page.context().newCDPSession(page);
    const waits = await measure(Math.ceil(ROUNDS / 3), async () => {
      await tools.send('Page.setWebLifecycleState', { state: 'frozen' });
      await ground.killWorker();
      await pause(DARK_MS / 2);
      await tools.send('Page.setWebLifecycleState', { state: 'active' });
      return performance.now();
    });
    expectKept('frozen', waits);
    await expectNothingLeft();
  },
  ROUNDS * ROUND_MS,
);

it(
  'after a machine slept',
  async () => {
    const { pid } = ground.visitor.program;
    if (pid === undefined) throw new Error('The browser has no process.');
    const waits = await measure(Math.ceil(ROUNDS / 3), async () => {
      // The browser and all that it started.
      process.kill(-pid, 'SIGSTOP');
      await pause(DARK_MS);
      process.kill(-pid, 'SIGCONT');
      return performance.now();
    });
    expectKept('slept', waits);
    await expectNothingLeft();
  },
  ROUNDS * (ROUND_MS + DARK_MS),
);

it(
  'that a restarted live has ended begins anew by a question and its answer',
  async () => {
    const waits = await measure(Math.ceil(ROUNDS / 3), async () => {
      const before = await sessions();
      await ground.restartLive();
      const from = performance.now();
      await expect
        .poll(async () => (await sessions()).every((opened, at) => opened > (before[at] ?? 0)), {
          timeout: 20_000,
        })
        .toBe(true);
      const states = ground.sides.map(({ page }) => page.evaluate(() => window.healPage.state()));
      expect(await Promise.all(states), 'a call is never restored').toEqual(['off', 'idle']);
      await ground.agent.page.evaluate(() => window.healPage.call());
      return from;
    });
    expectKept('live restarted', waits);
    await expectNothingLeft();
  },
  ROUNDS * ROUND_MS,
);
