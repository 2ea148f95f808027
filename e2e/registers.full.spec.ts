/** The register in real browsers: edited by one officer, put in force by another, loaded from a file, and read as it was. */

import { readFile } from 'node:fs/promises';
import type { RegisterDocument, RegisterShown } from '@alongside/protocol';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './accessible.js';
import { t } from './agent/console-words.js';
import type { People } from './fixtures.js';
import { expect, test } from './fixtures.js';
import { CustomerApi } from './service/customer-api.js';

test.use({ serviceName: 'where a register is kept' });

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test('an edition takes effect when another officer than its author approves it', async ({
  people,
  service,
  signIns,
}) => {
  test.setTimeout(120_000);
  const { console, shop } = service.origins;
  const api = await CustomerApi.signIn(console, signIns.officer);
  const [site] = await api.ask<readonly { readonly siteId: string }[]>('GET', '/api/sites');
  const jin = { email: 'jin@register.example', displayName: 'Jin', password: 'a long enough sentence' };
  await api.addAgent(jin, { country: 'JP', siteIds: [site?.siteId ?? ''] });
  const abroad = await people.agent(jin);
  await abroad.becomeAvailable();
  const visitor = await people.visitor(`${shop}/products/alder`);
  await visitor.openPanel();
  await visitor.start({ message: 'What is APR?', name: 'Mira' });
  await abroad.button(t('queue.acceptNamed', { who: t('visitor.unnamed') })).click();
  await expect(abroad.page.getByRole('alert')).toContainText(t('failure.transferRefused'));

  const first = await registerOf(people, console, signIns.officer);
  await press(first, t('register.edit'));
  await press(first, t('register.addScope'));
  const dialog = first.getByRole('dialog', { name: t('register.addScope') });
  await dialog.getByLabel(t('register.country')).selectOption('JP');
  await dialog.getByLabel(t('register.covers')).selectOption('people');
  await dialog.getByLabel(t('register.source')).fill('Looked up at the source');
  await dialog.getByLabel(t('register.verified')).fill('2026-11-18');
  await expectAccessible(first, 'adding a recorded scope', { strict: true });
  await press(first, t('register.add'));
  await press(first, t('register.propose'));
  await first.getByLabel(t('register.note')).fill('Japan was looked up');
  await first
    .getByRole('dialog')
    .getByRole('button', { name: t('register.propose') })
    .click();
  await expect(first.getByText(t('register.own'))).toBeVisible();
  await expect(first.getByRole('button', { name: t('register.approve') })).toBeHidden();
  const { proposed } = await api.ask<RegisterShown>('GET', '/api/register');
  const approval = api.ask('POST', `/api/register/editions/${proposed?.editionId}/approval`);
  await expect(approval, 'also past the console').rejects.toThrow(/403.*fourEyes/);
  await expect(abroad.waiting('Mira')).toBeHidden();

  const second = await registerOf(people, console, signIns.second);
  const changes = second.getByRole('region', { name: t('register.proposedTitle') });
  await expect(changes.getByRole('row', { name: /EU JP people/ })).toContainText(t('register.change.added'));
  await expectAccessible(second, 'a proposed edition', { strict: true });
  await press(second, t('register.approve'));
  await expect(changes).toBeHidden();
  await abroad.accept('Mira');
  await visitor.expectConversation('Jin');
  await visitor.end();

  // What was in force before is still there to be read.
  await second.getByText(t('register.history')).click();
  for (const [number, words] of [
    [1, t('register.none')],
    [2, 'Japan'],
  ] as const) {
    await press(second, t('register.readOf', { number }));
    const edition = second.getByRole('dialog');
    const scopes = cardIn(edition, t('register.scopeFacts'));
    await expect(scopes).toContainText(words);
    await expectAccessible(second, `edition ${number}`, { strict: true });
    await second.keyboard.press('Escape');
    await expect(edition).toBeHidden();
  }
});

test('a file is taken out, mended by hand and loaded again, and one that is broken says on which line', async ({
  people,
  service,
  signIns,
}) => {
  const page = await registerOf(people, service.origins.console, signIns.officer);
  const saved = page.waitForEvent('download');
  await press(page, t('register.download'));
  const text = await readFile(await (await saved).path(), 'utf8');
  const register = JSON.parse(text) as RegisterDocument;
  const load = async (content: string) => {
    const file = { name: 'register.json', mimeType: 'application/json', buffer: Buffer.from(content) };
    await page.locator('input[type="file"]').setInputFiles(file);
  };
  const lineOf = (words: string) => text.split('\n').findIndex((line) => line.includes(words)) + 1;
  const wrong = page.getByRole('alert');
  await load(text.replace('"certifications":', '"certifications"'));
  await expect(wrong).toHaveText(t('register.loadFailed', { line: lineOf('"certifications":') }));
  await expectAccessible(page, 'a broken file', { strict: true });
  await load(text.replace('"regime": "', '"regime": "X'));
  const place = 'adequacy › 1 › regime';
  await expect(wrong).toHaveText(t('register.loadWrong', { line: lineOf('"regime"'), place }));

  // What only the service knows to be wrong is told by its row as well.
  await load(text.replace(/"country": "[A-Z]{2}"/, '"country": "XX"'));
  await press(page, t('register.propose'));
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('register.note')).fill('A slip');
  await dialog.getByRole('button', { name: t('register.propose') }).click();
  await expect(wrong).toHaveText(t('failure.invalidAt', { place: 'adequacy › 1 › country' }));
  await press(page, t('act.cancel'));
  await press(page, t('act.cancel'));

  const looked = { source: 'Looked up at the source', verifiedAt: '2026-11-18' };
  await load(JSON.stringify({ ...register, establishments: [{ country: 'BR', ...looked }] }));
  await expect(wrong).toBeHidden();
  const staff = cardIn(page.locator('main'), t('register.establishments'));
  await expect(staff).toContainText('Brazil');
  await press(page, t('act.cancel'));
  await expect(staff).not.toContainText('Brazil');
});

function cardIn(place: Locator, title: string): Locator {
  return place.locator('.card', { has: place.page().getByRole('heading', { name: title, exact: true }) });
}

async function registerOf(
  people: People,
  console: string,
  officer: Parameters<People['agent']>[0],
): Promise<Page> {
  const { page } = await people.agent(officer);
  await page.goto(`${console}/admin/register`);
  await expect(page.getByRole('button', { name: t('register.download') })).toBeVisible();
  return page;
}
