/** Every screen of the console, every state of the panel and the shop's pages, looked over by axe in light and dark. */

import type { Page } from '@playwright/test';
import type { AdminSection } from '../agent-console/src/app/router.js';
import { adminSections } from '../agent-console/src/app/router.js';
import type { Scope } from './accessible.js';
import { expectAccessible } from './accessible.js';
import { AgentPage } from './agent/agent-page.js';
import { t } from './agent/console-words.js';
import { LiveLine } from './agent/live-line.js';
import { OfficerPage } from './agent/officer-page.js';
import type { People } from './fixtures.js';
import { expect, test } from './fixtures.js';
import { talk } from './journey/meet.js';
import type { VisitorPage } from './visitor/visitor-page.js';

test.describe.configure({ timeout: 120_000, mode: 'parallel' });

// The shop is the demo's and no part of what customers run.
test('the shop is usable by everybody', { tag: '@full' }, async ({ people, service }) => {
  const visitor = await people.visitor(service.origins.shop);
  for (const path of ['/', '/products/alder', '/cart', '/finder', '/orders', '/strict']) {
    await visitor.page.goto(`${service.origins.shop}${path}`);
    await expect(visitor.launcher).toBeVisible();
    await expectAccessible(visitor.page, `the shop's ${path}`);
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  // The panel's own tests look at its colours in the dark; those of the console are for the full run.
  const tag = colorScheme === 'dark' ? ['@full'] : [];
  test(`panel and console of an engagement are usable by everybody, in ${colorScheme}`, { tag }, async ({
    people,
    service,
    signIns,
  }) => {
    const [signIn] = signIns.agents;
    if (signIn === undefined) throw new Error('There is an agent.');
    const context = await people.context({ viewport: { width: 1440, height: 900 }, colorScheme });
    const page = await context.newPage();
    const live = await LiveLine.of(page);
    const agent = new AgentPage(page, { console: service.origins.console, person: signIn });
    await agent.signIn();
    await agent.becomeAvailable();
    const scope = colorScheme === 'light' ? 'everything' : 'colours';
    await expectAccessible(agent.page, 'an empty queue', { scope });
    const visitor = await people.visitor(`${service.origins.shop}/products/alder`, { colorScheme });
    await walkThrough({ visitor, agent, scope });
    await troubleOnTheLine({ page, live, scope });
  });

  // Thirty screens and dialogues take too long to be looked over each time.
  test(`the officer's console is usable by everybody, in ${colorScheme}`, { tag: '@full' }, async ({
    people,
    service,
    signIns,
  }) => {
    const { console } = service.origins;
    await lookOverOffice({ people, console, officer: signIns.officer, colorScheme });
  });
}

interface Both {
  readonly visitor: VisitorPage;
  readonly agent: AgentPage;
  readonly scope: Scope;
}

async function walkThrough({ visitor, agent, scope }: Both): Promise<void> {
  const lookAtPanel = (what: string) =>
    expectAccessible(visitor.page, `the panel: ${what}`, { scope, within: 'alongside-help' });
  const lookAtConsole = (what: string) => expectAccessible(agent.page, `the console: ${what}`, { scope });
  const look = async (what: string) => {
    await lookAtPanel(what);
    await lookAtConsole(what);
  };
  await visitor.openPanel();
  await lookAtPanel('the notice');
  await visitor.start({ message: 'Hello', name: 'Axel', topic: 'Looking over' });
  await expect(agent.waiting('Axel')).toBeVisible();
  await look('waiting');
  await agent.accept('Axel');
  await visitor.expectConversation(agent.person.displayName);
  await look('talking');
  await agent.askToSee();
  await expect(visitor.question(/asks to see this page$/).locator('[data-armed="true"]')).toBeVisible();
  await look('asked to show the page');
  await visitor.agreeToShow();
  await agent.expectPlayer('live');
  await look('showing the page');
  await agent.askForControl(['click', 'type']);
  await visitor.answer(/asks to help with their own hands$/, /^Yes, for/);
  await expect(agent.lease).toBeVisible();
  await look('under a lease');
  await talk({ agent, visitor });
  await expect(visitor.call).toHaveAttribute('data-phase', 'on', { timeout: 20_000 });
  await look('in a call');
  await agent.button(t('engagement.end')).click();
  const dialog = agent.page.getByRole('dialog', { name: t('end.title') });
  await expect(dialog).toBeVisible();
  await lookAtConsole('asked whether to end');
  await dialog.getByRole('button', { name: t('act.cancel') }).click();
  await visitor.end();
  await expect(visitor.text('How was it?')).toBeVisible();
  await expect(agent.page.getByRole('heading', { name: t('wrapUp.title') })).toBeVisible();
  await lookAtPanel('the survey');
  await lookAtConsole('wrapping up');
  await visitor.button('Skip').click();
  await expect(visitor.host.locator('.receipt dl')).toBeVisible();
  await lookAtPanel('the receipt');
  await visitor.button('Delete conversation and answers').click();
  await expect(visitor.button('Delete now')).toBeVisible();
  await lookAtPanel('asked whether to erase');
  await agent.finish();
  await agent.openRecords();
  const row = agent.page.getByRole('row').filter({ hasText: 'Axel' }).first();
  await expect(row).toBeVisible();
  await lookAtConsole('the records');
  await row.getByRole('link').first().click();
  await expect(agent.page.getByText(t('record.nothingElse'))).toBeVisible();
  await lookAtConsole('a record');
}

interface Trouble {
  readonly page: Page;
  readonly live: LiveLine;
  readonly scope: Scope;
}

/** What the console says at its top as long as something of the service is away. */
async function troubleOnTheLine({ page, live, scope }: Trouble): Promise<void> {
  live.tell('session:statusChanged', { calls: { state: 'building', done: 3, total: 9 }, storage: 'down' });
  await expect(page.getByText(t('status.storageDown'))).toBeVisible();
  await expect(page.getByRole('progressbar', { name: t('status.callsProgress') })).toBeVisible();
  await expectAccessible(page, 'the console: no storage, and calls in the making', { scope });
  live.lose();
  await expect(page.getByText(t('status.offline'))).toBeVisible();
  await expectAccessible(page, 'the console: offline', { scope });
}

interface Office {
  readonly people: People;
  readonly console: string;
  readonly officer: Parameters<People['agent']>[0];
  readonly colorScheme: 'light' | 'dark';
}

async function lookOverOffice({ people, console, officer, colorScheme }: Office): Promise<void> {
  const scope = colorScheme === 'light' ? 'everything' : 'colours';
  const context = await people.context({ viewport: { width: 1440, height: 900 }, colorScheme });
  const gate = new OfficerPage(await context.newPage(), console);
  await gate.page.goto(console);
  await expect(gate.page.getByLabel(t('field.email'))).toBeVisible();
  await expectAccessible(gate.page, 'signing in', { scope });
  await gate.page.getByRole('link', { name: t('signUp.title') }).click();
  await expect(gate.page.getByLabel(t('signUp.name'))).toBeVisible();
  await expectAccessible(gate.page, 'signing up', { scope });
  await gate.page.goto(`${console}/restore`);
  await expect(gate.page.getByRole('button', { name: t('restore.submit') })).toBeVisible();
  await expectAccessible(gate.page, 'restoring an account', { scope });
  const { page } = await people.agent(officer, { colorScheme });
  const look = (what: string) => expectAccessible(page, `the office: ${what}`, { scope });
  await page.goto(`${console}/admin/customer`);
  for (const section of adminSections) {
    await openSection(page, section);
    await look(section);
  }
  const link = await lookOverDialogues(page, { look, colorScheme });
  await gate.page.goto(link);
  await expect(gate.page.getByLabel(t('field.newPassword'))).toBeVisible();
  await expectAccessible(gate.page, 'enrolling', { scope });
  await gate.page.getByLabel(t('field.displayName')).fill(`Kim of ${colorScheme}`);
  await gate.page.getByLabel(t('field.newPassword')).fill('a long enough sentence');
  await gate.page.getByRole('button', { name: t('enrol.submit') }).click();
  await expect(gate.page.getByLabel(t('pledge.promise'))).toBeVisible();
  await expectAccessible(gate.page, 'promising secrecy', { scope });
  await openSection(page, 'sites');
  await page.getByRole('link', { name: 'Hazel & Spoke shop' }).click();
  for (const tab of ['settings', 'notice', 'survey', 'snippet'] as const) {
    const link = page.getByRole('link', { name: t(`site.${tab}`), exact: true });
    await link.click();
    await expect(link).toHaveAttribute('aria-current', 'page');
    await look(`a site: ${tab}`);
  }
}

async function openSection(page: Page, section: AdminSection): Promise<void> {
  const sections = page.getByRole('navigation', { name: t('admin.title') });
  await sections.getByRole('link', { name: t(`admin.${section}`), exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: t(`admin.${section}`) })).toBeVisible();
}

interface Looking {
  readonly look: (what: string) => Promise<void>;
  readonly colorScheme: string;
}

/** Leaves a one-time link behind, for whoever looks at what it leads to. */
async function lookOverDialogues(page: Page, { look, colorScheme }: Looking): Promise<string> {
  const dialog = page.getByRole('dialog');
  const open = async (section: AdminSection, press: string): Promise<void> => {
    await openSection(page, section);
    await page.getByRole('button', { name: press, exact: true }).click();
    await expect(dialog).toBeVisible();
  };
  const close = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };
  const press = (name: string) => dialog.getByRole('button', { name, exact: true }).click();
  await open('sites', t('sites.add'));
  await look('adding a site');
  await close();
  await open('contracts', t('contracts.add'));
  await look('adding a contract');
  const importer = dialog.getByRole('textbox', { name: t('contracts.importer') });
  await importer.fill(`Partners of ${colorScheme}`);
  await dialog.getByLabel(t('contracts.country')).selectOption('IN');
  await dialog.getByLabel(t('contracts.reference')).fill('2026-4');
  await dialog.getByLabel(t('contracts.source')).fill('Contracts/2026/4');
  await dialog.getByLabel(t('contracts.signed')).fill('2026-01-02');
  await press(t('act.save'));
  await expect(dialog).toBeHidden();
  await open('contracts', t('contracts.endOf', { name: `Partners of ${colorScheme}` }));
  await look('ending a contract');
  await close();
  for (const section of ['recipients', 'disclosures'] as const) {
    await open(section, t(`${section}.add`));
    await look(`adding to ${section}`);
    await close();
  }
  for (const end of ['rest', 'erase'] as const) {
    await open('customer', t(`account.${end}`));
    await look(`ending the account: ${end}`);
    await close();
  }
  await open('people', t('people.newLinkNamed', { name: 'Aki Virtanen' }));
  await look('letting somebody in again');
  await close();
  await page.getByRole('button', { name: t('person.menu', { name: 'Sanna Lehto' }) }).click();
  await page.getByRole('menuitem', { name: t('person.password') }).click();
  await expect(dialog).toBeVisible();
  await look('changing a password');
  await close();
  await open('people', t('people.invite'));
  await look('inviting a person');
  const email = `${colorScheme}@hazel.example`;
  await dialog.getByLabel(t('field.email')).fill(email);
  await dialog.getByLabel(t('people.country')).selectOption('FI');
  await press(t('people.inviteSubmit'));
  const link = page.getByRole('textbox', { name: t('people.link', { email }) });
  await expect(link).toBeVisible();
  await look('a one-time link');
  const address = await link.innerText();
  await press(t('act.done'));
  return address;
}
