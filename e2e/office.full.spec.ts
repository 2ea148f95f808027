/** Every page of an officer, in each language: nothing that axe finds, all of it by keyboard, and each state in words. */

import type { Language } from '@alongside/protocol';
import type { Page } from '@playwright/test';
import { adminSections, siteTabs } from '../agent-console/src/app/router.js';
import type { Messages } from '../agent-console/src/messages/catalogue.js';
import { messagesIn } from '../agent-console/src/messages/catalogue.js';
import { contractBody, recipientBody } from '../server/test/records-customer.js';
import { expectAccessible } from './accessible.js';
import type { People } from './fixtures.js';
import { expect, test } from './fixtures.js';
import { expectReachable } from './reachable.js';
import type { SignIn } from './service/customer-api.js';
import { CustomerApi } from './service/customer-api.js';
import type { Service } from './service/service.js';

test.use({ serviceName: 'of every officer’s page' });
test.describe.configure({ timeout: 240_000 });

interface Office {
  readonly page: Page;
  readonly t: Messages['t'];
  open(path: string): Promise<void>;
}

const locales: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

for (const language of ['en', 'de'] as const) {
  test(`can be read and used by everybody, in ${language}`, async ({ people, service, signIns }) => {
    const { page, t, open } = await officeIn(language, { people, service, officer: signIns.officer });
    await fill(await CustomerApi.signIn(service.origins.console, signIns.officer));
    const look = async (what: string) => {
      await expectAccessible(page, `${what}, in ${language}`, { strict: true });
      await expectReachable(page, `${what}, in ${language}`);
    };
    for (const section of adminSections) {
      await open(`/admin/${section}`);
      await look(section);
    }
    const [site] = await sitesOf(service, signIns.officer);
    for (const tab of siteTabs) {
      await open(`/admin/sites/${site?.siteId}/${tab}`);
      await look(`a site's ${tab}`);
    }
    for (const path of ['/rights', '/statistics', '/records']) {
      await open(path);
      await look(path);
    }
    // The draft of a register has a field in each row.
    await open('/admin/register');
    await page.getByRole('button', { name: t('register.edit'), exact: true }).click();
    await expectAccessible(page, `a draft of the register, in ${language}`, { strict: true });
    await open('/admin/contracts');
    const add = page.getByRole('button', { name: t('contracts.add'), exact: true });
    await add.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(add).toBeFocused();
  });

  test(`says what it waits for and what failed, and comes by a press, in ${language}`, async ({
    people,
    service,
    signIns,
  }) => {
    const { page, t } = await officeIn(language, { people, service, officer: signIns.officer });
    const sections = page.getByRole('navigation', { name: t('admin.title') });
    const alarm = page.getByRole('alert').filter({ hasText: t('failure.unreachable') });
    for (const section of adminSections.filter((each) => each !== 'customer')) {
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route('**/api/**', (route) => held.then(() => route.abort()));
      await sections.getByRole('link', { name: t(`admin.${section}`), exact: true }).click();
      await expect(
        page
          .getByRole('status')
          .filter({ hasText: t('state.loading') })
          .first(),
      ).toBeVisible();
      release();
      await expect(alarm.first()).toBeVisible();
      await expectAccessible(page, `${section} that does not come, in ${language}`, { strict: true });
      await page.unroute('**/api/**');
      const again = alarm.getByRole('button', { name: t('act.tryAgain') });
      await expect(async () => {
        if ((await again.count()) > 0) await again.first().press('Enter', { timeout: 1_000 });
        await expect(again).toHaveCount(0, { timeout: 500 });
      }).toPass();
      await expect(alarm).toHaveCount(0);
      await expectAccessible(page, `${section} that came after all, in ${language}`, { strict: true });
    }
  });

  test(`says what is not there yet, in ${language}`, async ({ people, service }) => {
    const officer = {
      ...{ email: `new-${language}@office.example`, displayName: 'Nelly' },
      password: 'a long enough sentence',
    };
    await CustomerApi.create(service.origins.console, { name: 'New', officer });
    const { page, open } = await officeIn(language, { people, service, officer });
    for (const path of [
      ...adminSections.map((each) => `/admin/${each}`),
      '/rights',
      '/statistics',
      '/records',
    ]) {
      await open(path);
      await expectAccessible(page, `${path} without anything, in ${language}`, { strict: true });
    }
  });
}

async function officeIn(
  language: Language,
  { people, service, officer }: { people: People; service: Service; officer: SignIn },
): Promise<Office> {
  const { t } = messagesIn(language);
  const { console } = service.origins;
  const context = await people.context({ locale: locales[language], viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(console);
  await page.getByLabel(t('field.email')).fill(officer.email);
  await page.getByLabel(t('field.password'), { exact: true }).fill(officer.password);
  await page.getByRole('button', { name: t('signIn.submit') }).click();
  await expect(page.getByRole('navigation', { name: t('shell.navigation') })).toBeVisible();
  const open = async (path: string): Promise<void> => {
    await page.goto(`${console}${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  };
  await open('/admin/customer');
  return { page, t, open };
}

async function sitesOf(
  { origins }: Service,
  officer: SignIn,
): Promise<readonly { readonly siteId: string }[]> {
  return (await CustomerApi.signIn(origins.console, officer)).ask('GET', '/api/sites');
}

/** Something in each list. */
async function fill(officer: CustomerApi): Promise<void> {
  if ((await officer.ask<readonly unknown[]>('GET', '/api/contracts')).length > 0) return;
  await officer.ask('POST', '/api/contracts', contractBody());
  await officer.ask('POST', '/api/recipients', recipientBody());
}
