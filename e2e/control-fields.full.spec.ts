/** An agent's hand on what is no text, through the running service: dates, a slider, and scrollers in one another. */

import { zoo } from '../packages/testkit/zoo/zoo.js';
import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { ZooVisit } from './zoo/zoo-visit.js';

const ASKED = /asks to help with their own hands$/;

let visit: ZooVisit;

test.describe.configure({ timeout: 120_000 });

test.beforeEach(async ({ people, service }) => {
  visit = await ZooVisit.begin(people, service);
});
test.afterEach(() => visit.end());

test('an agent enters a date, a time and a month by a field of their own kind', async () => {
  await lendOn('form-dates');
  const { agent, visitor } = visit;
  for (const [selector, text] of [
    ['input[type="date"]', '2026-03-09'],
    ['input[type="time"]', '17:45'],
    ['input[type="month"]', '2026-11'],
  ] as const) {
    await agent.typeInPage({ selector }, text);
    await expect(visitor.page.locator(selector)).toHaveValue(text);
    await expect.poll(() => agent.replay.value(selector)).toBe(text);
  }
  await agent.clickInPage({ selector: 'input[type="date"]' });
  const box = agent.page.getByRole('form', { name: t('typeBox.title') });
  await expect(box.locator('input'), 'the agent enters it as on a page of their own').toHaveAttribute(
    'type',
    'date',
  );
});

test('an agent drags a slider', async () => {
  await lendOn('form-state');
  const { agent, visitor } = visit;
  const slider = { selector: 'input[type="range"]' };
  const width = (await visitor.page.locator(slider.selector).boundingBox())?.width ?? 0;
  const { x, y } = await agent.replay.placeOf(slider);
  await agent.page.mouse.move(x - width / 4, y);
  await agent.page.mouse.down();
  await agent.page.mouse.move(x + width / 4, y, { steps: 5 });
  await agent.page.mouse.up();
  await expect(visitor.page.locator(slider.selector)).toHaveValue(/^[78]$/);
  const value = await visitor.page.locator(slider.selector).inputValue();
  await expect.poll(() => agent.replay.value(slider.selector)).toBe(value);
});

test('the inner scroller goes first, then the one around it', async () => {
  await lendOn('scroll-nested');
  const { agent, visitor } = visit;
  const [inner, outer] = [visitor.page.locator('.inner'), visitor.page.locator('.outer')];
  const { x, y } = await agent.replay.placeOf({ selector: '.inner' });
  await agent.page.mouse.move(x, y);
  await agent.page.mouse.wheel(0, 90);
  await expect(inner).toHaveJSProperty('scrollTop', 90);
  await expect(outer).toHaveJSProperty('scrollTop', 0);
  await agent.page.mouse.wheel(0, 5_000);
  const end = await inner.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
  await expect(inner).toHaveJSProperty('scrollTop', end);
  await expect(outer).toHaveJSProperty('scrollTop', 0);
  // The agent sees the inner one at its end before anything else moves.
  await expect(async () => {
    await agent.page.mouse.wheel(0, 60);
    await expect(outer).not.toHaveJSProperty('scrollTop', 0, { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
});

async function lendOn(name: string): Promise<void> {
  const page = zoo.find((each) => each.name === name);
  if (page === undefined) throw new Error('The zoo has no such page.');
  await visit.open(page);
  const { visitor, agent } = visit;
  await agent.askForControl(['scroll', 'click', 'type']);
  await visitor.answer(ASKED, /^Yes, for 1 minute$/);
  await agent.takeTool('control');
}
