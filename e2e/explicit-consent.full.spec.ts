/** What visitors are asked outright: to be shown where nothing else covers it, and whether they are of age. */

import type { RegisterShown, SiteEdit, SiteShown } from '@alongside/protocol';
import { expectAccessible } from './accessible.js';
import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { CustomerApi } from './service/customer-api.js';
import { firstAgent } from './service/demo-sign-ins.js';
import { editOf } from './service/site-edit.js';

const question = /^May somebody see this conversation from another country: India\?$/;

test('an agent abroad comes in by the visitor’s explicit yes, and goes with its withdrawal', async ({
  people,
  service,
  signIns,
}) => {
  const first = firstAgent(signIns);
  const officer = await CustomerApi.signIn(service.origins.console, signIns.officer);
  const { siteId } = await siteOf(officer);
  const dev = { email: 'dev@explicit.example', displayName: 'Dev', password: 'a long enough sentence' };
  await officer.addAgent(dev, { country: 'IN', siteIds: [siteId] });
  await allowConsents(officer, await CustomerApi.signIn(service.origins.console, signIns.second));
  const [lead, abroad, visitor] = await Promise.all([
    people.agent(first),
    people.agent(dev),
    people.visitor(`${service.origins.shop}/products/alder`),
  ]);
  await lead.becomeAvailable();
  await visitor.openPanel();
  await visitor.start({ message: 'Hello', name: 'Mira' });
  await lead.accept('Mira');

  // Where it is not covered, the desk tells neither who waits nor about what.
  const joining = abroad.button(
    t('agents.joinNamed', { name: first.displayName, who: t('visitor.unnamed') }),
  );
  await joining.click();
  await expect(abroad.page.getByText(t('asked.asked'))).toBeVisible();
  const asked = visitor.question(question);
  await expect(asked).toContainText('It is about Dev.');
  await expect(asked).toContainText('no contract or other safeguard');
  await expectAccessible(visitor.page, 'the question for explicit consent');
  await visitor.answer(question, 'Yes, show it there');
  // Storage may be slow for a moment: the yes stands, and coming in is tried by a press.
  const again = abroad.page.getByText(t('asked.agreed'));
  await expect(again.or(abroad.page.getByRole('heading', { level: 1, name: 'Mira' })).first()).toBeVisible();
  if (await again.isVisible()) await joining.click();
  await abroad.expectEngagement('Mira');
  await expect(abroad.line('Hello')).toBeVisible();
  await expect(abroad.page.getByText(t('engagement.byConsent'))).toBeVisible();
  await expect(visitor.text(/Dev.*abroad, because you agreed/).first()).toBeAttached();
  await abroad.say('Hello from afar');
  await expect(visitor.line('Hello from afar')).toContainText('Dev');

  await visitor.button('Take my consent back').click();
  await expect(abroad.page.getByText(t('engagement.notYours'))).toBeVisible();
  await lead.say('I am still here');
  await expect(visitor.line('I am still here')).toBeVisible();
  await visitor.end();
});

test('where children come, they are asked first, and helped in writing alone', async ({
  people,
  service,
  signIns,
}) => {
  const first = firstAgent(signIns);
  const officer = await CustomerApi.signIn(service.origins.console, signIns.officer);
  const site = await siteOf(officer);
  const setAudience = (audience: NonNullable<SiteEdit['audience']>) =>
    officer.ask('PUT', `/api/sites/${site.siteId}`, { ...editOf(site), audience });
  const agent = await people.agent(first);
  await agent.becomeAvailable();
  const arrive = () => people.visitor(`${service.origins.shop}/products/alder`);
  try {
    await setAudience('mayBeChildren');
    const child = await arrive();
    await child.openPanel();
    await child.answer(/^Are you \d+ or older\?$/, 'No, I am younger');
    await child.start({ message: 'Hello', name: 'Noa' });
    await agent.accept('Noa');
    await expect(agent.page.getByText(t('engagement.asksNothing'))).toBeVisible();
    await expect(agent.button(t('player.ask'))).toBeHidden();
    await expect(child.button('Call')).toBeHidden();
    await agent.say('Hello Noa');
    await expect(child.line('Hello Noa')).toBeVisible();
    await child.end();
    await agent.finish();

    const adult = await arrive();
    await adult.openPanel();
    await adult.answer(/^Are you \d+ or older\?$/, /^Yes, I am \d+ or older$/);
    await adult.start({ message: 'Hello', name: 'Mira' });
    await agent.accept('Mira');
    await agent.askToSee();
    await adult.agreeToShow();
    await agent.expectPlayer('live');
    await adult.end();
    await agent.finish();

    await setAudience('noChildren');
    const young = await arrive();
    await young.openPanel();
    await expect(young.question(/^Are you \d+ or older\?$/).locator('[data-armed="true"]')).toBeVisible();
    await young.button('No, I am younger').click();
    await expect(young.text('You cannot write here yet.')).toBeVisible();
    await young
      .question(/^Are you \d+ or older\?$/)
      .getByRole('button', { name: 'Close' })
      .click();
    await expect(young.window).toBeHidden();
  } finally {
    await setAudience('general');
  }
});

async function siteOf(officer: CustomerApi): Promise<SiteShown> {
  const [site] = await officer.ask<readonly SiteShown[]>('GET', '/api/sites');
  if (site === undefined) throw new Error('The demo customer has a site.');
  return site;
}

/** By one officer, and put in force by another. */
async function allowConsents(officer: CustomerApi, second: CustomerApi): Promise<void> {
  const { body } = await officer.ask<RegisterShown>('GET', '/api/register');
  const derogations = { consent: true, mostSharesAMonth: 3 };
  const { proposed } = await officer.ask<RegisterShown>('POST', '/api/register/editions', {
    body: { ...body, derogations },
    note: 'A specialist abroad, now and then',
  });
  await second.ask('POST', `/api/register/editions/${proposed?.editionId}/approval`);
}
