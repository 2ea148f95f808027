/** The console of an officer who sets a customer up, from signing up to inviting the first agent. */

import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { SignIn } from '../service/customer-api.js';
import { t } from './console-words.js';

export interface NewSite {
  readonly name: string;
  readonly origins: readonly string[];
  readonly country: string;
  readonly cookieDomain: string;
}

export class OfficerPage {
  readonly page: Page;
  readonly #consoleOrigin: string;

  constructor(page: Page, consoleOrigin: string) {
    this.page = page;
    this.#consoleOrigin = consoleOrigin;
  }

  /** A name and an e-mail address suffice; the password comes behind the one-time link. */
  async signUp(customer: string, officer: SignIn): Promise<void> {
    await this.page.goto(this.#consoleOrigin);
    await this.page.getByRole('link', { name: t('signUp.title') }).click();
    await this.#fill(t('signUp.name'), customer);
    await this.#fill(t('field.email'), officer.email);
    await this.#press(t('signUp.submit'));
    await this.enrol(officer, 'FI');
  }

  /** On the page of a one-time link; a customer's first officer says there where they work as well. */
  async enrol({ displayName, password }: SignIn, country?: string): Promise<void> {
    await this.#fill(t('field.displayName'), displayName);
    await this.#fill(t('field.newPassword'), password);
    if (country !== undefined) await this.page.getByLabel(t('people.country')).selectOption(country);
    await this.#press(t('enrol.submit'));
    await this.page.getByLabel(t('pledge.promise')).check();
    await this.#press(t('pledge.submit'));
    await expect(this.page.getByRole('navigation', { name: t('shell.navigation') })).toBeVisible();
  }

  async describeCustomer(facts: { legalName: string; country: string; contact: string }): Promise<void> {
    await this.page.goto(`${this.#consoleOrigin}/admin/customer`);
    await this.#fill(t('customer.legalName'), facts.legalName);
    await this.page.getByLabel(t('customer.country')).selectOption(facts.country);
    await this.#fill(t('customer.contact'), facts.contact);
    await this.#press(t('act.save'));
    await expect(this.#announced(t('form.saved'))).toBeAttached();
  }

  /** What was signed with whoever runs the installation; somebody else has to confirm it. */
  async recordAgreement(controller: string): Promise<void> {
    await this.page.goto(`${this.#consoleOrigin}/admin/agreements`);
    await expect(this.page.getByText(t('agreements.none'))).toBeVisible();
    await this.#press(t('agreements.add'));
    const dialog = this.page.getByRole('dialog', { name: t('agreements.add') });
    await dialog.getByLabel(t('agreements.version')).fill('DPA 1');
    await dialog.getByLabel(t('agreements.controller')).fill(controller);
    await dialog.getByLabel(t('agreements.processor')).fill('The operator');
    await dialog.getByLabel(t('agreements.signed')).fill('2026-01-02');
    await dialog.getByRole('button', { name: t('act.save') }).click();
    await expect(this.page.getByText(t('agreements.waits'))).toBeVisible();
  }

  /** Leads to the site's notice, which is still to be written. */
  async addSite(site: NewSite): Promise<void> {
    await this.page.goto(`${this.#consoleOrigin}/admin/sites`);
    await this.#press(t('sites.add'));
    const dialog = this.page.getByRole('dialog', { name: t('sites.add') });
    await dialog.getByLabel(t('site.name')).fill(site.name);
    await dialog.getByLabel(t('site.origins')).fill(site.origins.join('\n'));
    await dialog.getByLabel(t('site.countryAdd')).selectOption(site.country);
    await expect(
      dialog.getByRole('radio', { name: t('masking.masked') }),
      'masked is preselected',
    ).toBeChecked();
    for (const language of ['en', 'de'] as const) {
      await dialog.getByLabel(t(`language.${language}`), { exact: true }).setChecked(true);
    }
    await dialog.getByLabel(t('site.cookieDomain')).fill(site.cookieDomain);
    await dialog.getByRole('button', { name: t('sites.create') }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: site.name })).toBeVisible();
  }

  async writeNotice(words: string): Promise<void> {
    await this.openTab('notice');
    await this.#press(t('notice.useStart'));
    const english = this.page.getByLabel(t('notice.body', { language: t('language.en') }));
    await english.fill(`${words}\n\n${await english.inputValue()}`);
    await this.#press(t('notice.publish'));
    await expect(this.page.getByText(t('editor.inForce', { version: 1 }))).toBeVisible();
  }

  async writeSurvey(question: string): Promise<void> {
    await this.openTab('survey');
    await this.#press(t('survey.useStart'));
    const wording = `${t('survey.label')} (${t('language.en')})`;
    await this.page.getByLabel(wording).first().fill(question);
    await this.#press(t('survey.publish'));
    await expect(this.page.getByText(t('editor.inForce', { version: 1 }))).toBeVisible();
  }

  /** What an officer would paste into their pages. */
  async copySnippet(): Promise<string> {
    await this.openTab('snippet');
    const line = this.page.locator('.copy-line', { hasText: t('snippet.label') });
    await line.getByRole('button', { name: t('act.copy'), exact: true }).click();
    await expect(line.getByRole('button', { name: t('copy.copied') })).toBeVisible();
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** The one-time link, to be handed over to the agent, who gets the site without anybody choosing it. */
  async invite({ email, displayName }: SignIn, work: { country: string; site: string }): Promise<string> {
    // The sites come only after the press, as on a slow line: nobody may be invited to none of them by that.
    let release = (): void => undefined;
    const pressed = new Promise<void>((resolve) => {
      release = resolve;
    });
    await this.page.route('**/api/sites', (route) => pressed.then(() => route.continue()));
    await this.page.goto(`${this.#consoleOrigin}/admin/people`);
    await this.#press(t('people.invite'));
    release();
    const dialog = this.page.getByRole('dialog', { name: t('people.invite') });
    await expect(dialog.getByLabel(work.site)).toBeChecked();
    await this.page.unroute('**/api/sites');
    await dialog.getByLabel(t('field.email')).fill(email);
    await dialog.getByLabel(t('field.displayName')).fill(displayName);
    await dialog.getByLabel(t('people.country')).selectOption(work.country);
    await dialog.getByRole('button', { name: t('people.inviteSubmit') }).click();
    const link = this.page.getByRole('textbox', { name: t('people.link', { email }) });
    await expect(link).toBeVisible();
    const address = await link.innerText();
    await this.#press(t('act.done'));
    return address;
  }

  async openTab(tab: 'settings' | 'notice' | 'survey' | 'snippet'): Promise<void> {
    await this.page.getByRole('link', { name: t(`site.${tab}`), exact: true }).click();
  }

  #announced(text: string): Locator {
    return this.page.getByText(text).first();
  }

  async #fill(label: string, text: string): Promise<void> {
    await this.page.getByLabel(label).fill(text);
  }

  async #press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }
}
