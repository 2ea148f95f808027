/** Two agents in one engagement: the visitor knows who is there, and each sees and does what is theirs. */

import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';

const name =
  'a colleague joins, is told of before they see the page, acts under a lease of their own, and goes';

// In `npm test` ten agents do so over real sockets, in a scenario of the server.
test(name, { tag: '@full' }, async ({ people, service, signIns }) => {
  const [first, second] = signIns.agents;
  if (first === undefined || second === undefined) throw new Error('The demo customer has two agents.');
  const who = 'Mira of two agents';
  const [lead, visitor] = await Promise.all([
    people.agent(first),
    people.visitor(`${service.origins.shop}/products/alder`),
  ]);
  await lead.becomeAvailable();
  await visitor.openPanel();
  await visitor.start({ message: 'Hello', name: who });
  const [colleague] = await Promise.all([people.agent(second), lead.accept(who)]);
  await lead.askToSee();
  await visitor.agreeToShow();
  await lead.replay.expectText('Alder');

  await colleague.button(t('agents.joinNamed', { name: first.displayName, who })).click();
  await colleague.expectEngagement(who);
  const both = `${first.displayName} and ${second.displayName} see this page`;
  await expect(visitor.host.getByRole('region', { name: both }).first()).toBeVisible();
  await expect(
    visitor.host
      .getByRole('status')
      .filter({ hasText: `${second.displayName} has joined` })
      .first(),
  ).toBeAttached();
  await colleague.replay.expectText('Alder');
  for (const each of [lead, colleague]) {
    await expect(each.page.getByTestId('agents-bar').getByRole('listitem')).toHaveCount(2);
  }

  await colleague.askForControl(['point', 'click']);
  await visitor.answer(new RegExp(`^${second.displayName} asks to help`), /^Yes, for/);
  await expect(visitor.host.getByText(`${second.displayName} may point and click`).first()).toBeVisible();
  await expect(lead.page.getByTestId('other-lease')).toContainText(second.displayName);
  await expect(lead.button(t('control.ask'))).toBeVisible();
  await colleague.scrollPage(0);
  await expect(visitor.agentPointer(second.displayName)).toBeVisible();

  await visitor.button('Who sees this page: 2 people').first().click();
  await visitor.button(`Hide my page from ${second.displayName}`).first().click();
  await expect(colleague.page.getByTestId('not-shown')).toContainText(t('agents.pageHidden'));
  await expect(visitor.watchedBy(first.displayName)).toBeVisible();
  await expect(lead.page.getByTestId('other-lease')).toBeHidden();
  await lead.expectPlayer('live');

  await colleague.say('I leave you to it');
  await expect(visitor.line('I leave you to it')).toContainText(second.displayName);
  await expect(lead.line('I leave you to it')).toContainText(second.displayName);
  await colleague.button(t('agents.leave')).click();
  await colleague.page
    .getByRole('dialog')
    .getByRole('button', { name: t('agents.leave') })
    .click();
  await expect(visitor.text(`${second.displayName} has left the conversation.`).first()).toBeAttached();
  await expect(lead.page.getByTestId('agents-bar')).toBeHidden();
});
