/**
 * C5.12: a running console reads a page of slow patterns and its changes, and neither it nor its replay stands still.
 */

import { expect, test } from '../fixtures.js';
import { meet, share } from '../journey/meet.js';
import { firstAgent } from '../service/demo-sign-ins.js';
import { VisitorPage } from '../visitor/visitor-page.js';
import { hijackSealing, sendAsChange, sendAsPageText } from './hijacked-sdk.js';
import { markedAs, SLOW_MARKER, slowChanges, slowPage } from './slow-patterns.js';
import { longestStillnessMs, MOST_STILL_MS, watchStillness } from './stillness.js';

test.describe.configure({ timeout: 180_000 });

test('a page of slow patterns stalls neither the console nor the replay', async ({
  people,
  service,
  signIns,
}) => {
  const agent = await people.agent(firstAgent(signIns));
  await agent.page.addInitScript(watchStillness);
  await agent.page.evaluate(watchStillness);
  const context = await people.context();
  await VisitorPage.prepare(context);
  await hijackSealing(context);
  const visitor = new VisitorPage(await context.newPage());
  await visitor.page.goto(`${service.origins.shop}/products/alder`);
  await meet({ agent, visitor }, { name: 'Mallory' });
  await sendAsPageText(visitor.page, slowPage);
  await share({ agent, visitor });
  await agent.replay.expectText(SLOW_MARKER);
  // One after the other: whoever lags behind too far is given the page as a whole.
  for (const [what, changes] of Object.entries(slowChanges))
    await test.step(what, async () => {
      for (const change of changes) await sendAsChange(visitor.page, change);
      const marker = `After ${what}.`;
      await sendAsChange(visitor.page, markedAs(marker));
      await agent.replay.expectText(marker);
    });
  const frame = agent.page.frames().find((each) => each.url().startsWith(service.origins.replay));
  if (frame === undefined) throw new Error('The replay has no frame.');
  for (const each of [agent.page.mainFrame(), frame])
    expect(await each.evaluate(longestStillnessMs), each.url()).toBeLessThan(MOST_STILL_MS);

  await test.step('one that fails late would have been noticed', async () => {
    await frame.evaluate(() => /"(?:[^"\\]|\\.)*"/.test('\\"'.repeat(30_000)));
    expect(await frame.evaluate(longestStillnessMs)).toBeGreaterThan(MOST_STILL_MS);
  });
});
