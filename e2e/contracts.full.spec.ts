/** What was signed, in real browsers: one officer enters it, another approves it, and what rests on it ends with it. */

import type { ContractShown } from '@alongside/protocol';
import type { Page } from '@playwright/test';
import { contractBody } from '../server/test/records-customer.js';
import { expectAccessible } from './accessible.js';
import { t } from './agent/console-words.js';
import type { People } from './fixtures.js';
import { expect, test } from './fixtures.js';
import { CustomerApi } from './service/customer-api.js';
import type { Service } from './service/service.js';

test.use({ serviceName: 'where contracts are signed' });

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('an agent abroad is refused until two officers let clauses carry it, and sees nothing once they end', async ({
  people,
  service,
  signIns,
}) => {
  test.setTimeout(120_000);
  const { console, shop } = service.origins;
  const api = await CustomerApi.signIn(console, signIns.officer);
  const [site] = await api.ask<readonly { readonly siteId: string }[]>('GET', '/api/sites');
  const dev = { email: 'dev@contracts.example', displayName: 'Dev', password: 'a long enough sentence' };
  await api.addAgent(dev, { country: 'IN', siteIds: [site?.siteId ?? ''], employer: 'Dev Ltd' });
  const first = await officeOf(people, service, signIns.officer);
  const second = await officeOf(people, service, signIns.second);

  // Whom a contract is with counts as little as the contract itself on one person's word.
  await second.goto(`${console}/admin/people`);
  const employer = t('people.employerApproveOf', { name: 'Dev', employer: 'Dev Ltd' });
  await second.getByRole('button', { name: employer }).click();
  await expect(second.getByRole('button', { name: employer })).toBeHidden();

  const abroad = await people.agent(dev);
  await abroad.becomeAvailable();
  const visitor = await people.visitor(`${shop}/products/alder`);
  await visitor.openPanel();
  await visitor.start({ message: 'What is APR?', name: 'Mira' });
  const unnamed = abroad.button(t('queue.acceptNamed', { who: t('visitor.unnamed') }));
  const expectRefused = async () => {
    await unnamed.click();
    await expect(abroad.page.getByRole('alert')).toContainText(t('failure.transferRefused'));
  };
  await expectRefused();

  await first.getByRole('button', { name: t('contracts.add'), exact: true }).click();
  const dialog = first.getByRole('dialog', { name: t('contracts.add') });
  await dialog.getByRole('textbox', { name: t('contracts.importer') }).fill('Dev Ltd');
  await dialog.getByLabel(t('contracts.country')).selectOption('IN');
  await dialog.getByLabel(t('contracts.reference')).fill('DPA 7');
  await dialog.getByLabel(t('contracts.source')).fill('Contracts/2025/7');
  await dialog.getByLabel(t('contracts.signed')).fill('2025-01-01');
  await dialog.getByLabel(t('contracts.annexes')).check();
  await dialog.getByLabel(t('contracts.assessment')).selectOption('ok');
  await dialog.getByLabel(t('contracts.assessed')).fill('2026-01-10');
  await dialog.getByLabel(t('contracts.reviewDue')).fill(inDays(300));
  await expectAccessible(first, 'entering a contract', { strict: true });
  await dialog.getByRole('button', { name: t('act.save') }).click();
  await expect(first.getByText(t('contracts.waits'))).toBeVisible();
  const approve = { name: t('contracts.approveOf', { name: 'Dev Ltd' }) };
  await expect(first.getByRole('button', approve), 'nobody approves their own').toBeHidden();
  await expectRefused();

  await second.goto(`${console}/admin/contracts`);
  await second.getByRole('button', approve).click();
  await expect(second.getByText(t('contracts.waits'))).toBeHidden();
  // Told to whoever may be shown more from now on, without a press of theirs.
  await abroad.accept('Mira');
  await visitor.expectConversation('Dev');
  await abroad.askToSee();
  await visitor.agreeToShow();
  await abroad.expectPlayer('live');
  await abroad.replay.expectText('Alder');

  await first.reload();
  await first.getByRole('button', { name: t('contracts.endOf', { name: 'Dev Ltd' }) }).click();
  await expect(first.getByText(t('contracts.endsEngagements', { engagements: 1, views: 1 }))).toBeVisible();
  await expectAccessible(first, 'what the end of a contract ends', { strict: true });
  await first.getByRole('button', { name: t('contracts.endSubmit') }).click();
  await expect(abroad.page.getByText(t('ended.transferLapsed'))).toBeVisible();
  await expect(abroad.replay.frameElement).toBeHidden();
  await expect(visitor.text(/there is no longer a legal basis for showing what you share/)).toBeVisible();
  await expect(visitor.watchedBy('Dev')).toBeHidden();
});

test('what was signed is not entered anew for a new assessment, which two officers make', async ({
  people,
  service,
  signIns,
}) => {
  const { console } = service.origins;
  const [first, second] = [
    await CustomerApi.signIn(console, signIns.officer),
    await CustomerApi.signIn(console, signIns.second),
  ];
  const { contractId } = await first.ask<ContractShown>('POST', '/api/contracts', {
    ...{ ...contractBody(), importerName: 'Hill Ltd', reference: 'DPA 8' },
    assessment: { conclusion: 'ok', assessedOn: '2026-01-10', reviewDue: inDays(20) },
  });
  await second.ask('POST', `/api/contracts/${contractId}/approval`);

  const page = await officeOf(people, service, signIns.officer);
  const alarm = { name: t('missing.contractReviewSoon') };
  await expect(page.getByRole('link', alarm)).toBeVisible();
  await page.getByRole('button', { name: t('contracts.assessAgainOf', { name: 'Hill Ltd' }) }).click();
  const dialog = page.getByRole('dialog', { name: t('contracts.assessAgain') });
  await expect(dialog.getByRole('textbox', { name: t('contracts.importer') })).toHaveValue('Hill Ltd');
  await dialog.getByLabel(t('contracts.assessment')).selectOption('okWithMeasures');
  await dialog.getByLabel(t('contracts.assessed')).fill(inDays(0));
  await dialog.getByLabel(t('contracts.reviewDue')).fill(inDays(300));
  await expectAccessible(page, 'assessing again', { strict: true });
  await dialog.getByRole('button', { name: t('act.save') }).click();
  await expect(page.getByText(t('contracts.waits'))).toBeVisible();

  const other = await officeOf(people, service, signIns.second);
  await other.getByRole('button', { name: t('contracts.approveOf', { name: 'Hill Ltd' }) }).click();
  await expect(other.getByText(t('contracts.waits'))).toBeHidden();
  // The one of before ended in the same moment.
  await other.reload();
  await expect(other.getByText(/^takes over from DPA 8 of /)).toBeVisible();
  await expect(other.getByRole('link', alarm)).toBeHidden();
  await other.getByRole('button', { name: t('contracts.verifyOf', { name: 'Hill Ltd' }) }).click();
  const looked = other.getByRole('dialog', { name: t('contracts.verifyOf', { name: 'Hill Ltd' }) });
  await looked.getByLabel(t('contracts.source')).fill('Contracts/2026/8');
  await expectAccessible(other, 'looking at a contract again', { strict: true });
  await looked.getByRole('button', { name: t('contracts.verify'), exact: true }).click();
  await expect(other.getByText('Contracts/2026/8')).toBeVisible();
});

test('one of the people is erased on another officer’s word, which can be called off', async ({
  people,
  service,
  signIns,
}) => {
  const { console } = service.origins;
  const api = await CustomerApi.signIn(console, signIns.officer);
  const timo = { email: 'timo@contracts.example', displayName: 'Timo', password: 'a long enough sentence' };
  await api.addAgent(timo, { country: 'FI', siteIds: [] });
  const { page } = await people.agent(signIns.officer);
  await page.goto(`${console}/admin/people`);
  await page.getByRole('button', { name: t('people.eraseNamed', { name: 'Timo' }) }).click();
  const dialog = page.getByRole('dialog', { name: t('people.eraseNamed', { name: 'Timo' }) });
  const submit = dialog.getByRole('button', { name: t('people.eraseNamed', { name: 'Timo' }) });
  await dialog.getByLabel(t('field.password')).fill('not the password');
  await expect(submit, 'not before the name is typed').toBeDisabled();
  await dialog.getByLabel(t('account.typeName', { name: 'Timo' })).fill('Timo');
  await expectAccessible(page, 'erasing a person', { strict: true });
  await submit.click();
  await expect(dialog.getByText(t('account.wrongPassword'))).toBeVisible();
  await dialog.getByLabel(t('field.password')).fill(signIns.officer.password);
  await submit.click();
  const line = page.getByRole('row').filter({ hasText: timo.email });
  await expect(line.getByText(/^Will be erased on /)).toBeVisible();
  await line.getByRole('button', { name: t('people.callOffNamed', { name: 'Timo' }) }).click();
  await expect(line.getByText(/^Will be erased on /)).toBeHidden();
  await expect(line.getByText(t('people.disabled'))).toBeVisible();
});

/** Where an officer looks after contracts. */
async function officeOf(
  people: People,
  { origins }: Service,
  officer: Parameters<People['agent']>[0],
): Promise<Page> {
  const { page } = await people.agent(officer);
  await page.goto(`${origins.console}/admin/contracts`);
  await expect(page.getByRole('heading', { level: 1, name: t('admin.contracts') })).toBeVisible();
  return page;
}
