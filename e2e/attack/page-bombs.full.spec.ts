/**
 * C5.10, C5.11: each bomb is refused by a running console in bounded time and memory, and the true page is shown after
 * it. The control plays the same without our checks.
 */

import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from '../fixtures.js';
import { meet, share } from '../journey/meet.js';
import { firstAgent } from '../service/demo-sign-ins.js';
import { VisitorPage } from '../visitor/visitor-page.js';
import { hijackSealing, sendAsChange, sendAsPageText } from './hijacked-sdk.js';
import { knottedPage, knottingChanges, pageBombs } from './page-bombs.js';
import { PlainReplay } from './plain-replay.js';
import { longestStillnessMs, MOST_STILL_MS, watchStillness } from './stillness.js';

/** The first byte of a frame that holds a part of a whole page. */
const SNAPSHOT = 2;
const MOST_KEPT_BYTES = 20 * 1024 * 1024;

test.describe.configure({ timeout: 400_000 });

test('a console refuses every bomb, stays at hand, and shows the true page after it', async ({
  people,
  service,
  signIns,
}) => {
  const signIn = firstAgent(signIns);
  const agent = await people.agent(signIn);
  const arrived = snapshotsOf(agent.page);
  const context = await people.context();
  await VisitorPage.prepare(context);
  await hijackSealing(context);
  const visitor = new VisitorPage(await context.newPage());
  await visitor.page.goto(`${service.origins.shop}/products/alder`);
  await meet({ agent, visitor }, { name: 'Mallory' });
  await share({ agent, visitor });
  await agent.expectPlayer('live');
  await visitor.stopSharing();
  const heap = await agent.page.context().newCDPSession(agent.page);
  const before = await usedBytes(heap);

  for (const { what, json } of pageBombs)
    await test.step(`a page ${what}`, async () => {
      await sendAsPageText(visitor.page, json());
      await agent.page.evaluate(watchStillness);
      arrived.length = 0;
      await share({ agent, visitor });
      await expect.poll(() => arrived.length, { message: 'it arrives', timeout: 30_000 }).toBeGreaterThan(0);
      await expect(agent.playerState).toHaveAttribute('data-state', /^(?:unshowable|tooLarge)$/);
      await sendAsPageText(visitor.page, undefined);
      await visitor.stopSharing();
      await share({ agent, visitor });
      await agent.expectPlayer('live');
      await agent.replay.expectText('The everyday city bicycle');
      expect(await agent.page.evaluate(longestStillnessMs), 'the console answered').toBeLessThan(
        MOST_STILL_MS,
      );
      expect((await usedBytes(heap)) - before, 'nothing of it is kept').toBeLessThan(MOST_KEPT_BYTES);
      await visitor.stopSharing();
    });

  await test.step('a page that is knotted into itself', async () => {
    await sendAsPageText(visitor.page, knottedPage);
    await agent.page.evaluate(watchStillness);
    await share({ agent, visitor });
    await sendAsChange(visitor.page, knottingChanges);
    await sendAsPageText(visitor.page, undefined);
    await visitor.stopSharing();
    await share({ agent, visitor });
    await agent.expectPlayer('live');
    await agent.replay.expectText('The everyday city bicycle');
    expect(await agent.page.evaluate(longestStillnessMs), 'the console answered').toBeLessThan(MOST_STILL_MS);
  });
  await test.step('and the next visitor is helped', async () => {
    await agent.say('Still here');
    await expect(visitor.line('Still here')).toBeVisible();
  });
});

test('without our checks each bomb goes off', async ({ people }) => {
  const plain = await PlainReplay.open();
  try {
    const context = await people.context();
    const effects: Record<string, boolean> = {};
    for (const { what, json } of pageBombs) {
      const page = await context.newPage();
      // One that kills the page goes off as well.
      const crashed = new Promise<boolean>((resolve) => page.once('crash', () => resolve(true)));
      await plain.open(page);
      const played = page.evaluate(goesOff, json()).catch((error: unknown) => {
        if (!/crashed/.test(String(error))) throw error;
        return crashed;
      });
      effects[what] = await Promise.race([crashed, played]);
      await page.close();
    }
    expect(effects).toEqual(Object.fromEntries(pageBombs.map(({ what }) => [what, true])));
  } finally {
    plain.close();
  }
});

/** The parts of whole pages that this console is sent, as their sizes. */
function snapshotsOf(page: Page): number[] {
  const sizes: number[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload !== 'string' && payload[0] === SNAPSHOT) sizes.push(payload.length);
    }),
  );
  return sizes;
}

async function usedBytes(heap: CDPSession): Promise<number> {
  await heap.send('HeapProfiler.collectGarbage');
  await heap.send('Performance.enable');
  const { metrics } = await heap.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
}

/** Whether it is built, breaks what builds it, or is read as far as it is. It runs in a page and stands for itself. */
function goesOff(json: string): boolean {
  type Playing = Window & typeof globalThis & { play(events: readonly unknown[]): readonly string[] };
  const events = JSON.parse(json) as readonly unknown[];
  if (events.length === 0) return json.length > 20_000_000;
  let failed: readonly string[];
  try {
    failed = (window as unknown as Playing).play(events);
  } catch {
    return true;
  }
  const shown = document.querySelector('iframe')?.contentDocument;
  const attributes = [...(shown?.querySelectorAll('[title]') ?? [])].map((each) =>
    each.getAttribute('title'),
  );
  const sizes = [
    (shown?.querySelectorAll('*').length ?? 0) * 100,
    shown?.body?.textContent?.length ?? 0,
    (attributes[0]?.length ?? 0) * 10,
  ];
  return failed.length > 0 || Math.max(...sizes) > 5_000_000;
}
