/** Who is in a call is told in German where panel and console are German. */

import type { Page } from '@playwright/test';
import { messagesIn } from '../agent-console/src/messages/catalogue.js';
import { de as panelGerman } from '../visitor-sdk/src/panel/messages/de.js';
import { AgentPage } from './agent/agent-page.js';
import { expect, test } from './fixtures.js';
import type { SignIn } from './service/customer-api.js';
import { CustomerApi } from './service/customer-api.js';
import { firstAgent } from './service/demo-sign-ins.js';
import { newSecret } from './service/new-secret.js';
import { speakGerman } from './visitor/speak-german.js';
import { VisitorPage } from './visitor/visitor-page.js';

const { t } = messagesIn('de');
const eva = 'Eva Brandt';
const who = 'Maike';

test('a supervisor who listens and whispers is told of in German', async ({
  people,
  service,
  signIns,
}, info) => {
  test.setTimeout(180_000);
  const { origins } = service;
  const api = await CustomerApi.signIn(origins.console, signIns.officer);
  const sites = await api.ask<readonly { readonly siteId: string }[]>('GET', '/api/sites');
  const email = `supervisor-${newSecret()}@example.org`.toLowerCase();
  const person = { email, displayName: eva, password: newSecret() };
  const siteIds = sites.map(({ siteId }) => siteId);
  await api.addAgent(person, { country: 'FI', siteIds, roles: ['supervisor'] });

  const consoleOf = async (signIn: SignIn): Promise<Page> => {
    const desk = await people.context({ locale: 'de-DE', viewport: { width: 1440, height: 900 } });
    const { page } = new AgentPage(await desk.newPage(), { console: origins.console, person: signIn });
    await page.goto(origins.console);
    await page.getByLabel(t('field.email')).fill(signIn.email);
    await page.getByLabel(t('field.password'), { exact: true }).fill(signIn.password);
    await page.getByRole('button', { name: t('signIn.submit') }).click();
    await expect(page.getByRole('navigation', { name: t('shell.navigation') })).toBeVisible();
    return page;
  };
  const first = firstAgent(signIns);
  const [lead, supervisor] = [await consoleOf(first), await consoleOf(person)];
  const available = lead.getByRole('switch', { name: t('desk.availableLabel') });
  if (!(await available.isChecked())) await available.click();
  await expect(available).toBeChecked();

  const home = await people.context({ locale: 'de-DE' });
  await VisitorPage.prepare(home);
  await home.addInitScript(speakGerman);
  const visitor = new VisitorPage(await home.newPage());
  const { page, host } = visitor;
  await page.goto(`${origins.shop}/products/alder`);
  await host.getByRole('button', { name: /^Hilfe/ }).click();
  await host.getByLabel(panelGerman['start.message']).fill('Guten Tag');
  await host.getByLabel(new RegExp(`^${panelGerman['start.name']}`)).fill(who);
  await host.getByRole('button', { name: panelGerman['start.send'] }).click();
  await lead.getByRole('button', { name: t('queue.acceptNamed', { who }) }).click();
  await lead.getByRole('button', { name: t('call.askVoice') }).click();
  await visitor.answer(/ möchte mit Ihnen sprechen$/, panelGerman['ask.voice.yes']);
  await expect(host.locator('section.call')).toHaveAttribute('data-phase', 'on', { timeout: 20_000 });

  const names = { name: first.displayName, who };
  await supervisor.screenshot({ path: info.outputPath('de-before-supervisor.png') });
  await supervisor.getByRole('button', { name: t('attend.listenNamed', names) }).click();
  await expect(host.getByText(`${eva}, Aufsicht, hört zu.`)).toBeVisible({ timeout: 20_000 });
  await expect(supervisor.getByText(t('attend.you.listen'))).toBeVisible();
  await look('listening');
  await supervisor.getByRole('button', { name: t('attend.whisper', names), exact: true }).click();
  await expect(
    host.getByText(`${eva}, Aufsicht, hört zu und spricht nur mit dem Team: Sie hören das nicht.`),
  ).toBeVisible();
  await look('whispering');
  await page.keyboard.press('Escape');
  await page.screenshot({ path: info.outputPath('de-closed-visitor.png') });

  async function look(step: string): Promise<void> {
    await page.screenshot({ path: info.outputPath(`de-${step}-visitor.png`) });
    await supervisor.screenshot({ path: info.outputPath(`de-${step}-supervisor.png`) });
    await lead.screenshot({ path: info.outputPath(`de-${step}-lead.png`) });
  }
});
