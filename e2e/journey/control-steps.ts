/** Step 6: the agent points and draws, and under a lease acts on the page until it ends or is taken back. */

import { t } from '../agent/console-words.js';
import { expect, test } from '../fixtures.js';
import type { Asides, Story } from './story.js';

const quantity = { selector: 'input[type="number"]' } as const;

export function tellOfControl(story: () => Story, asides: Asides = {}): void {
  test('step 6: the agent points and draws, and the visitor sees who does', async () => {
    const { visitor, agent, agentName } = story();
    const place = await agent.replay.placeOf({ selector: 'h1' });
    await agent.takeTool('point');
    await agent.page.mouse.move(place.x - 5, place.y);
    await agent.page.mouse.move(place.x, place.y);
    await expect(visitor.agentPointer(agentName)).toBeVisible();
    await drawLine(story());
    await agent.page.mouse.up();
  });

  test('step 6: without a lease nothing can be clicked, and refused control stays refused', async () => {
    const { visitor, agent } = story();
    await expect(agent.page.getByRole('radio', { name: t('tool.control') })).toBeDisabled();
    await agent.askForControl(['click']);
    await visitor.answer(/asks to help with their own hands$/, 'No');
    await expect(agent.lease).toBeHidden();
    await expect(agent.page.getByRole('radio', { name: t('tool.control') })).toBeDisabled();
  });

  test('step 6: under a lease the agent clicks and types in an allowed field, and in no other', async () => {
    const { visitor, agent, agentName, shows } = story();
    await agent.askForControl(['scroll', 'click', 'type']);
    await expect(visitor.question(/asks to help with their own hands$/)).toContainText(
      'Not possible for them: passwords, card data, paying',
    );
    await visitor.answer(/asks to help with their own hands$/, /^Yes, for 1 minute$/);
    await expect(visitor.lease).toContainText(`${agentName} may scroll, click and type`);
    await expect(agent.lease).toBeVisible();
    await agent.takeTool('control');
    await agent.clickInPage({ selector: 'button.link' });
    const guide = visitor.page.getByRole('dialog', { name: 'Size guide' });
    if (shows) {
      await expect(guide).toBeVisible();
      await agent.replay.expectCount('dialog[open]', 1);
      await agent.clickInPage({ selector: 'dialog[open] button' });
      await expect(guide).toBeHidden();
      await agent.replay.expectCount('dialog[open]', 0);
    } else {
      // Nobody presses what they cannot read.
      await expect(agent.said).toHaveText(t('intent.masked'));
      await expect(guide).toBeHidden();
    }
    await agent.typeInPage(quantity, '7');
    await expect(visitor.page.getByLabel('Quantity')).toHaveValue('7');
    await expect.poll(() => agent.replay.value(quantity.selector)).toBe('7');
    await agent.clickInPage({ selector: 'input', inside: 'frame-fit' });
    await expect(agent.said).toHaveText(t('intent.masked'));
    await agent.closeTypeBox();
    await agent.scrollPage(300);
    await expect.poll(() => visitor.page.evaluate(() => window.scrollY)).toBeGreaterThan(100);
    await agent.scrollPage(-900);
    await expect.poll(() => visitor.page.evaluate(() => window.scrollY)).toBe(0);
  });

  test('step 6: the visitor takes control back with one key, and at once', async () => {
    const { visitor, agent } = story();
    await visitor.page.keyboard.press('Escape');
    await expect(visitor.lease).toBeHidden();
    await expect(agent.lease).toBeHidden();
    await expect(agent.page.getByRole('radio', { name: t('tool.control') })).toBeDisabled();
    await expect(visitor.page.getByLabel('Quantity')).toHaveValue('7');
  });

  test('step 6: a lease ends by itself when its time is over', asides, async () => {
    const { visitor, agent } = story();
    // Ten seconds are the shortest lease there is; the console offers a minute as its shortest.
    await agent.page.evaluate(shortenLeases);
    await agent.askForControl(['draw', 'click', 'type']);
    await visitor.answer(/asks to help with their own hands$/, /^Yes, for 10 seconds$/);
    await expect(agent.lease).toBeVisible();
    // What an agent has drawn goes with the lease to draw.
    await drawLine(story());
    await agent.page.mouse.up();
    await expect.poll(() => visitor.drawnPixels(), { message: 'the line goes', timeout: 15_000 }).toBe(0);
    await expect(agent.lease).toBeHidden({ timeout: 15_000 });
    await expect(visitor.lease).toBeHidden();
    await expect(agent.page.getByRole('radio', { name: t('tool.control') })).toBeDisabled();
  });
}

/** Leaves the button pressed. */
async function drawLine({ visitor, agent }: Story): Promise<void> {
  const place = await agent.replay.placeOf({ selector: 'h1' });
  await agent.takeTool('draw');
  await agent.page.mouse.move(place.x - 40, place.y - 10);
  await agent.page.mouse.down();
  await agent.page.mouse.move(place.x, place.y + 15, { steps: 5 });
  await agent.page.mouse.move(place.x + 40, place.y - 10, { steps: 5 });
  await expect
    .poll(() => visitor.drawnPixels(), "the drawn line is on the visitor's screen")
    .toBeGreaterThan(20);
}

function shortenLeases(): void {
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function sendShortened(data) {
    return send.call(
      this,
      typeof data === 'string' ? data.replace('"leaseMs":60000', '"leaseMs":10000') : data,
    );
  };
}
