/**
 * A call comes back by itself, and chat and the shared page with it, measured round by round in two real browsers:
 * after its media worker was killed, the network was switched or gone for ten seconds, a tab was in the background, a
 * machine slept, `live` was restarted.
 */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { CallGround, pause } from './call-ground.js';
import { expectNothingLeft, HealRounds } from './heal-rounds.js';
import { WorkerDumps } from './worker-dumps.js';

const ROUND_MS = 30_000;
const DARK_MS = 10_000;

/** How often each side's session was opened. */
function sessions(ground: CallGround): Promise<readonly number[]> {
  return Promise.all(ground.sides.map(({ page }) => page.evaluate(() => window.healPage.opened())));
}

/** So many rounds of each. */
export function healingTests(count: number): void {
  let ground: CallGround;
  let rounds: HealRounds;
  let dumps: WorkerDumps;

  beforeAll(async () => {
    dumps = new WorkerDumps();
    ground = await CallGround.start();
    rounds = await HealRounds.of(ground);
  }, 120_000);

  afterAll(async () => {
    dumps?.close();
    await ground?.close();
  }, 60_000);

  it(
    'after its media worker was killed, while lines go on being taken and the page being seen',
    async () => {
      const before = await sessions(ground);
      const waits = await rounds.measure(count, () => ground.killWorker());
      rounds.expectKept('worker killed', waits);
      expect(Math.max(...waits.line, ...waits.page)).toBeLessThan(2000);
      expect(await sessions(ground)).toEqual(before);
      await expectNothingLeft(dumps);
    },
    count * ROUND_MS,
  );

  it(
    'after the network was switched',
    async () => {
      const waits = await rounds.measure(count, async () => ground.network.switchAddress());
      rounds.expectKept('network switched', waits);
      await expectNothingLeft(dumps);
    },
    count * ROUND_MS,
  );

  it(
    'after ten seconds without any network',
    async () => {
      const waits = await rounds.measure(count, (meanwhile) => ground.darken(DARK_MS, meanwhile));
      rounds.expectKept('ten seconds dark', waits);
      await expectNothingLeft(dumps);
    },
    count * (ROUND_MS + DARK_MS),
  );

  it(
    'in a tab in the background',
    async () => {
      const { page } = ground.visitor;
      await page.evaluate(() => window.healPage.throttle(true));
      const waits = await rounds.measure(count, () => ground.killWorker());
      rounds.expectKept('in the background', waits);
      await page.evaluate(() => window.healPage.throttle(false));
      await expectNothingLeft(dumps);
    },
    count * ROUND_MS,
  );

  it(
    'in a tab that its browser has frozen, once it is looked at again',
    async () => {
      const { page } = ground.visitor;
      const tools = await page.context().newCDPSession(page);
      const waits = await rounds.measure(count, async (meanwhile) => {
        await tools.send('Page.setWebLifecycleState', { state: 'frozen' });
        meanwhile();
        await ground.killWorker();
        await pause(DARK_MS / 2);
        await tools.send('Page.setWebLifecycleState', { state: 'active' });
        return performance.now();
      });
      rounds.expectKept('frozen', waits);
      await expectNothingLeft(dumps);
    },
    count * ROUND_MS,
  );

  it(
    'after a machine slept',
    async () => {
      const { pid } = ground.visitor.program;
      if (pid === undefined) throw new Error('The browser has no process.');
      const waits = await rounds.measure(count, async (meanwhile) => {
        // The browser and all that it started.
        process.kill(-pid, 'SIGSTOP');
        meanwhile();
        await pause(DARK_MS);
        process.kill(-pid, 'SIGCONT');
        return performance.now();
      });
      rounds.expectKept('slept', waits);
      await expectNothingLeft(dumps);
    },
    count * (ROUND_MS + DARK_MS),
  );

  it(
    'that a restarted live has ended begins anew by a question and its answer',
    async () => {
      const waits = await rounds.measure(count, async (meanwhile) => {
        const before = await sessions(ground);
        await ground.restartLive(meanwhile);
        const from = performance.now();
        await expect
          .poll(async () => (await sessions(ground)).every((opened, at) => opened > (before[at] ?? 0)), {
            timeout: 20_000,
          })
          .toBe(true);
        expect(await ground.states(), 'a call is never restored').toEqual(['off', 'idle']);
        await ground.agent.page.evaluate(() => window.healPage.call());
        return from;
      });
      rounds.expectKept('live restarted', waits);
      await expectNothingLeft(dumps);
    },
    count * ROUND_MS,
  );
}
