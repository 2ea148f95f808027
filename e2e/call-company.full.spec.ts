/** Three browsers in a call, told apart by their tones: who hears whom when somebody listens, whispers, speaks and leads. */

import { AgentPage } from './agent/agent-page.js';
import { t } from './agent/console-words.js';
import type { People } from './fixtures.js';
import { expect, test } from './fixtures.js';
import { expectHeard, type Speaker, speakIn } from './journey/call-tones.js';
import { meet } from './journey/meet.js';
import type { SignIn } from './service/customer-api.js';
import { CustomerApi } from './service/customer-api.js';
import type { DemoSignIns } from './service/demo-sign-ins.js';
import { firstAgent } from './service/demo-sign-ins.js';
import { newSecret } from './service/new-secret.js';
import type { Service } from './service/service.js';
import { VisitorPage } from './visitor/visitor-page.js';

test.describe.configure({ timeout: 240_000 });

const who = 'Mira in company';
const eva = 'Eva Brandt';

interface World {
  readonly people: People;
  readonly service: Service;
  readonly signIns: DemoSignIns;
}

/** The visitor speaks with the lead; a supervisor has a console of their own. */
async function calling({ people, service, signIns }: World) {
  const { origins } = service;
  const api = await CustomerApi.signIn(origins.console, signIns.officer);
  const sites = await api.ask<readonly { readonly siteId: string }[]>('GET', '/api/sites');
  const siteIds = sites.map(({ siteId }) => siteId);
  const person = {
    email: `supervisor-${newSecret()}@example.org`.toLowerCase(),
    ...{ displayName: eva, password: newSecret() },
  };
  await api.addAgent(person, { country: 'FI', siteIds, roles: ['supervisor'] });
  const consoleOf = async (signIn: SignIn, speaker: Speaker): Promise<AgentPage> => {
    const desk = await people.context({ viewport: { width: 1440, height: 900 } });
    await speakIn(desk, speaker);
    const agent = new AgentPage(await desk.newPage(), { console: origins.console, person: signIn });
    await agent.signIn();
    return agent;
  };
  const lead = await consoleOf(firstAgent(signIns), 'lead');
  const supervisor = await consoleOf(person, 'third');
  const context = await people.context();
  await VisitorPage.prepare(context);
  await speakIn(context, 'visitor');
  const page = await context.newPage();
  await page.goto(`${origins.shop}/products/alder`);
  const visitor = new VisitorPage(page);
  await meet({ agent: lead, visitor }, { name: who });
  await lead.button(t('call.askVoice')).click();
  await visitor.answer(/asks to talk to you$/, 'Yes, talk');
  await expect(visitor.call).toHaveAttribute('data-phase', 'on', { timeout: 20_000 });
  return { api, lead, supervisor, visitor, name: firstAgent(signIns).displayName };
}

/** What each of the three hears, told at once. */
async function expectEach(
  { visitor, lead, supervisor }: Awaited<ReturnType<typeof calling>>,
  expected: Readonly<Record<Speaker, readonly Speaker[]>>,
): Promise<void> {
  await expectHeard(visitor.voice, expected.visitor, 'the visitor hears');
  await expectHeard(voicesOf(lead), expected.lead, 'the lead hears');
  await expectHeard(voicesOf(supervisor), expected.third, 'the supervisor hears');
}

const voicesOf = ({ page }: AgentPage) => page.locator('audio');

test('a supervisor listens, whispers, joins and takes over, and the visitor is shown each', async ({
  people,
  service,
  signIns,
}, info) => {
  const scene = await calling({ people, service, signIns });
  const { api, lead, supervisor, visitor, name } = scene;
  const look = async (step: string): Promise<void> => {
    await visitor.page.screenshot({ path: info.outputPath(`${step}-visitor.png`) });
    await supervisor.page.screenshot({ path: info.outputPath(`${step}-supervisor.png`) });
    await lead.page.screenshot({ path: info.outputPath(`${step}-lead.png`) });
  };

  await supervisor.page.screenshot({ path: info.outputPath('before-supervisor.png') });
  await supervisor.button(t('attend.listenNamed', { name, who })).click();
  await expect(visitor.text(`${eva}, supervisor, is listening.`)).toBeVisible({ timeout: 20_000 });
  await expectEach(scene, { visitor: ['lead'], lead: ['visitor'], third: ['visitor', 'lead'] });
  await look('listening');
  // Shown where the window is closed as well, with a way to end it.
  await visitor.page.keyboard.press('Escape');
  await expect(visitor.window).toBeHidden();
  await expect(visitor.text(`${eva}, supervisor, is listening.`)).toBeVisible();
  await expect(visitor.button('Hang up')).toBeVisible();
  await visitor.page.screenshot({ path: info.outputPath('closed-visitor.png') });
  await visitor.openPanel();

  await supervisor.button(t('attend.whisper', { name })).click();
  await expect(visitor.text(`${eva}, supervisor, is listening and speaks to ${name} alone`)).toBeVisible();
  await expectEach(scene, { visitor: ['lead'], lead: ['visitor', 'third'], third: ['visitor', 'lead'] });
  await look('whispering');

  await supervisor.button(t('attend.speak')).click();
  await expect(visitor.text(`${eva}, supervisor, is in this call as well.`)).toBeVisible();
  await expectEach(scene, {
    visitor: ['lead', 'third'],
    lead: ['visitor', 'third'],
    third: ['visitor', 'lead'],
  });
  await look('speaking');

  await supervisor.button(t('agents.takeLead')).click();
  const dialog = supervisor.page.getByRole('dialog', { name: t('agents.takeLeadTitle') });
  await dialog.getByRole('button', { name: t('agents.takeLead') }).click();
  await expect(visitor.text(`${name} is in this call as well.`)).toBeVisible();
  await expect(visitor.call).toHaveAttribute('data-phase', 'on');
  await expectEach(scene, {
    visitor: ['lead', 'third'],
    lead: ['visitor', 'third'],
    third: ['visitor', 'lead'],
  });
  await lead.button(t('attend.leave')).click();
  await expectHeard(visitor.voice, ['third'], 'the visitor hears');
  await expectHeard(voicesOf(supervisor), ['visitor'], 'the new lead hears');
  await look('handed-over');

  await visitor.button('Hang up').click();
  await expect(visitor.call).toBeHidden();
  await expect(supervisor.button(t('call.askVoice'))).toBeVisible();
  const record = await api.ask<{ readonly metadata: readonly Fact[] }>(
    'GET',
    `/api/engagements/${supervisor.engagementId}`,
  );
  const presences = record.metadata.filter(({ kind }) => kind === 'callPresence');
  expect(presences.map(({ fields }) => fields.mode)).toEqual(['listen', 'whisper', 'speak', 'speak']);
  for (const { fields } of presences) {
    expect(fields.noticedAt).toEqual(expect.any(Number));
    expect(fields.leftAt).toEqual(expect.any(Number));
  }
  await visitor.end();
});

interface Fact {
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
}
