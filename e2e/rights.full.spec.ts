/** Rights in real browsers: asked for with a receipt and without one, worked on by an officer, read behind the link. */

import type { CaseRecorded, SiteShown } from '@alongside/protocol';
import type { Page } from '@playwright/test';
import { messagesIn } from '../agent-console/src/messages/catalogue.js';
import { expectAccessible } from './accessible.js';
import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { CustomerApi } from './service/customer-api.js';

const german = messagesIn('de').t;
test.use({ serviceName: 'where rights are used' });

const done = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test('an officer answers what was asked without a receipt, and it is read and taken along behind its link', async ({
  people,
  service,
  signIns,
}) => {
  const { console, shop } = service.origins;
  const [aki] = signIns.agents;
  if (aki === undefined) throw new Error('The demo customer has an agent.');
  const agent = await people.agent(aki);
  await agent.becomeAvailable();
  const visitor = await people.visitor(`${shop}/products/alder`);
  await visitor.openPanel();
  await visitor.start({ message: 'What is APR?', name: 'Mira' });
  await agent.accept('Mira');
  await visitor.expectConversation(aki.displayName);
  const { engagementId } = agent;

  await visitor.button('Your data').click();
  await visitor.button('Ask for something else').click();
  await visitor.host.getByLabel('What do you ask for?').selectOption('restriction');
  await expect(visitor.text(/need it for longer, say below what for/)).toBeVisible();
  await visitor.host.getByLabel('What do you ask for?').selectOption('objectionToFacts');
  await expect(visitor.text(/they show who saw and did what/)).toBeVisible();
  await expectAccessible(visitor.page, 'the panel: a request', { within: 'alongside-help' });
  await visitor.button('Send').last().click();
  await expect(visitor.text('Your request was received')).toBeVisible();
  const link = await visitor.host.getByRole('link', { name: 'Open my request' }).getAttribute('href');
  const objected = await (await people.context()).newPage();
  await objected.goto(link ?? '');
  await expect(objected.getByText(t('rights.kind.objection'))).toBeVisible();

  const api = await CustomerApi.signIn(console, signIns.officer);
  const [site] = await api.ask<readonly SiteShown[]>('GET', '/api/sites');
  const page = await (await people.context({ acceptDownloads: true })).newPage();
  await page.goto(`${console}/ask/${site?.siteKey}`);
  await expectAccessible(page, 'asking without a receipt');
  await page.getByLabel(t('rights.answerTo')).fill('mira@example.org');
  await page.getByLabel(t('rights.conversation')).fill(engagementId);
  await done(page, t('refer.send'));
  await expect(page.getByText(t('refer.keep'))).toBeVisible();
  const own = await page.getByRole('textbox', { name: t('refer.link') }).innerText();
  await page.goto('about:blank');
  await page.goto(own);
  await expect(page.getByText(t('ownCase.state.referred'))).toBeVisible();

  const officer = await people.agent(signIns.officer);
  const { page: desk } = officer;
  await desk.goto(`${console}/rights`);
  const asked = desk.getByRole('row', { name: new RegExp(t('rights.kind.access')) });
  await expect(desk.getByRole('row', { name: new RegExp(t('rights.kind.objection')) })).toBeVisible();
  await expectAccessible(desk, 'the work list');
  await asked.getByRole('link').click();
  await done(desk, t('rights.act.confirmIdentity'));
  await desk
    .getByRole('dialog')
    .getByRole('button', { name: t('rights.act.confirmIdentity') })
    .click();
  await done(desk, t('rights.act.take'));
  const pack = desk.waitForEvent('download');
  await done(desk, t('rights.pack'));
  expect((await pack).suggestedFilename()).toMatch(/^support-pack-/);
  await done(desk, t('rights.act.answer'));
  const answer = desk.getByRole('dialog');
  await answer.getByLabel(t('rights.text.answer')).fill('Here is all that is held.');
  await expectAccessible(desk, 'an answer');
  await answer.getByRole('button', { name: t('rights.act.answer') }).click();
  await done(desk, t('rights.act.execute'));
  await done(desk, t('rights.act.close'));
  await expect(desk.getByText(t('rights.state.closed')).first()).toBeVisible();

  await page.reload();
  await expect(page.getByText('Here is all that is held.')).toBeVisible();
  await expectAccessible(page, 'the answer behind the link');
  for (const [name, ending] of [
    [t('ownCase.export'), /\.json$/],
    [t('ownCase.exportTable'), /\.csv$/],
  ] as const) {
    const saved = page.waitForEvent('download');
    await done(page, name);
    expect((await saved).suggestedFilename()).toMatch(ending);
  }
  await desk.goto(`${console}/rights`);
  await desk
    .getByRole('row', { name: new RegExp(t('rights.kind.objection')) })
    .getByRole('link')
    .click();
  await done(desk, t('rights.act.take'));
  await done(desk, t('rights.act.answer'));
  const yes = desk.getByRole('dialog');
  await yes.getByLabel(t('rights.text.answer')).fill('Nobody but us reads it any more.');
  await yes.getByRole('button', { name: t('rights.act.answer') }).click();
  await expect(desk.getByText('Nobody but us reads it any more.')).toBeVisible();
  await expect(yes).toBeHidden();
  await done(desk, t('rights.act.execute'));
  await desk.getByRole('link', { name: t('rights.openRecord') }).click();
  const restricted = desk.getByText('Restricted since');
  await expect(restricted).toBeVisible();
  await done(desk, t('restriction.lift'));
  const lifting = desk.getByRole('dialog');
  await expectAccessible(desk, 'lifting a restriction');
  await lifting.getByLabel(t('restriction.told')).check();
  await lifting.getByRole('button', { name: t('restriction.lift') }).click();
  await expect(restricted).toBeHidden();
  // [RT11] A restriction keeps nothing beyond its term: whoever works on one is told what does.
  const letter = {
    kind: 'restriction',
    siteId: site?.siteId,
    receivedOn: new Date().toISOString().slice(0, 10),
  };
  const { caseId } = await api.ask<CaseRecorded>('POST', '/api/rights', letter);
  await desk.goto(`${console}/rights/${caseId}`);
  await expect(desk.getByText(t('rights.restrictionText'))).toBeVisible();
  const inGerman = await (await people.context({ locale: 'de-DE' })).newPage();
  await inGerman.goto(own);
  await expect(inGerman.getByText(german('ownCase.state.closed'))).toBeVisible();
  await expectAccessible(inGerman, 'the answer behind the link, in German');
  await inGerman.goto(`${console}/ask/${site?.siteKey}`);
  await expect(inGerman.getByRole('heading', { name: german('refer.title') })).toBeVisible();
});
