/** The panel is no part of the page that is shown: not its words, not a draft, and no hand of an agent reaches it. */

import { expect, test } from './fixtures.js';
import { meet, share } from './journey/meet.js';
import { firstAgent } from './service/demo-sign-ins.js';
import { newSecret } from './service/new-secret.js';

test('even with open shadow roots nothing of the panel is shown, and no intent reaches it', {
  tag: '@full',
}, async ({ people, service, signIns }) => {
  const aki = firstAgent(signIns);
  const agent = await people.agent(aki);
  // Above the page, so that the agent's hand is over it as well.
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  const said = newSecret();
  await meet({ agent, visitor }, { message: said, name: 'Panelle' });
  await share({ agent, visitor });
  await agent.expectPlayer('live');
  const draft = newSecret();
  await visitor.composer.fill(draft);
  // A change of the page that comes after it has arrived: so would the draft have, had it been sent.
  await visitor.page.evaluate(() => document.body.append(document.createElement('hr')));
  await agent.replay.expectCount('hr', 1);
  const everything = await agent.replay.everything();
  expect(everything).toContain('Alder');
  for (const text of [draft, said, 'Conversation', 'Stop sharing', 'alongside-help', aki.displayName]) {
    expect(everything, `"${text}" is of the panel`).not.toContain(text);
  }
  expect(await agent.replay.count('textarea')).toBe(0);

  await agent.askForControl(['click', 'type']);
  await visitor.answer(/asks to help with their own hands$/, /^Yes, for/);
  await agent.takeTool('control');
  // Where the panel's own buttons are on the visitor's screen, the agent presses on the page behind them.
  for (const name of ['Stop sharing this page', 'End', 'Send', 'Your data']) {
    const box = await visitor.button(name).first().boundingBox();
    if (box === null) throw new Error(`The panel's ${name} is not on screen.`);
    await agent.pressAt(visitor.page.viewportSize(), {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
    });
  }
  await expect(agent.page.locator('.overlay-said')).toBeVisible();
  await expect(visitor.watchedBy(aki.displayName)).toBeVisible();
  await expect(visitor.text('End the conversation?')).toBeHidden();
  await expect(visitor.composer).toHaveValue(draft);
  await expect(visitor.line(draft)).toHaveCount(0);
  await agent.expectPlayer('live');
});
