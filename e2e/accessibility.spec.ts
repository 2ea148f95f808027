/** Every screen of the console, every state of the panel and the shop's pages, looked over by axe in light and dark. */

import type { Scope } from './accessible.js';
import { expectAccessible } from './accessible.js';
import type { AgentPage } from './agent/agent-page.js';
import { t } from './agent/console-words.js';
import { OfficerPage } from './agent/officer-page.js';
import type { People } from './fixtures.js';
import { expect, test } from './fixtures.js';
import type { VisitorPage } from './visitor/visitor-page.js';

test.describe.configure({ timeout: 120_000 });

test('the shop is usable by everybody', async ({ people, service }) => {
  const visitor = await people.visitor(service.origins.shop);
  for (const path of ['/', '/products/alder', '/cart', '/finder', '/orders', '/strict']) {
    await visitor.page.goto(`${service.origins.shop}${path}`);
    await expect(visitor.launcher).toBeVisible();
    await expectAccessible(visitor.page, `the shop's ${path}`);
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`panel and console of an engagement are usable by everybody, in ${colorScheme}`, async ({
    people,
    service,
    signIns,
  }) => {
    const [signIn] = signIns.agents;
    if (signIn === undefined) throw new Error('There is an agent.');
    const agent = await people.agent(signIn, { colorScheme });
    await agent.becomeAvailable();
    const scope = colorScheme === 'light' ? 'everything' : 'colours';
    await expectAccessible(agent.page, 'an empty queue', { scope });
    const visitor = await people.visitor(`${service.origins.shop}/products/alder`, { colorScheme });
    await walkThrough({ visitor, agent, scope });
  });

  test(`the officer's console is usable by everybody, in ${colorScheme}`, async ({
    people,
    service,
    signIns,
  }) => {
    await lookOverOffice({ people, service: service.origins.console, officer: signIns.officer, colorScheme });
  });
}

interface Both {
  readonly visitor: VisitorPage;
  readonly agent: AgentPage;
  readonly scope: Scope;
}

async function walkThrough({ visitor, agent, scope }: Both): Promise<void> {
  const look = async (what: string) => {
    await expectAccessible(visitor.page, `the panel: ${what}`, { scope, within: 'alongside-help' });
    await expectAccessible(agent.page, `the console: ${what}`, { scope });
  };
  await visitor.openPanel();
  await look('the notice');
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
  await agent.button(t('call.askVoice')).click();
  await visitor.answer(/asks to talk to you$/, 'Yes, talk');
  await expect(visitor.call).toHaveAttribute('data-phase', 'on', { timeout: 20_000 });
  await look('in a call');
  await visitor.end();
  await expect(visitor.text('How was it?')).toBeVisible();
  await look('the survey');
  await visitor.button('Skip').click();
  await expect(visitor.host.locator('.receipt dl')).toBeVisible();
  await look('the receipt');
  await agent.finish();
  await agent.openRecords();
  await expect(agent.page.getByRole('row').filter({ hasText: 'Axel' }).first()).toBeVisible();
  await expectAccessible(agent.page, 'the records', { scope });
}

interface Office {
  readonly people: People;
  readonly service: string;
  readonly officer: Parameters<People['agent']>[0];
  readonly colorScheme: 'light' | 'dark';
}

async function lookOverOffice({ people, service, officer, colorScheme }: Office): Promise<void> {
  const scope = colorScheme === 'light' ? 'everything' : 'colours';
  const context = await people.context({ viewport: { width: 1440, height: 900 }, colorScheme });
  const gate = new OfficerPage(await context.newPage(), service);
  await gate.page.goto(service);
  await expect(gate.page.getByLabel(t('field.email'))).toBeVisible();
  await expectAccessible(gate.page, 'signing in', { scope });
  await gate.page.goto(`${service}/sign-up`);
  await expect(gate.page.getByLabel(t('signUp.name'))).toBeVisible();
  await expectAccessible(gate.page, 'signing up', { scope });
  const { page } = await people.agent(officer, { colorScheme });
  for (const section of ['customer', 'contracts', 'sites', 'people', 'audit'] as const) {
    await page.goto(`${service}/admin/${section}`);
    await expect(page.getByRole('heading', { level: 1, name: t(`admin.${section}`) })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expectAccessible(page, `the office: ${section}`, { scope });
  }
  await page.goto(`${service}/admin/sites`);
  await page.getByRole('link', { name: 'Hazel & Spoke shop' }).click();
  for (const tab of ['settings', 'notice', 'survey', 'snippet'] as const) {
    await page.getByRole('link', { name: t(`site.${tab}`), exact: true }).click();
    await page.waitForLoadState('networkidle');
    await expectAccessible(page, `a site: ${tab}`, { scope });
  }
}
