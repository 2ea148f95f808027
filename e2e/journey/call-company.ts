/** Three in a call, each with a browser and a tone of their own: the visitor, the lead and a supervisor. */

import type { SiteEdit, SiteShown } from '@alongside/protocol';
import { AgentPage } from '../agent/agent-page.js';
import { expect } from '../fixtures.js';
import type { SignIn } from '../service/customer-api.js';
import { CustomerApi } from '../service/customer-api.js';
import { firstAgent } from '../service/demo-sign-ins.js';
import { newSecret } from '../service/new-secret.js';
import { editOf } from '../service/site-edit.js';
import { followConnections } from '../visitor/follow-connections.js';
import { VisitorPage } from '../visitor/visitor-page.js';
import { expectHeard, type Speaker, speakIn } from './call-tones.js';
import { meet, type Place, talk } from './meet.js';

export const who = 'Mira in company';
export const eva = 'Eva Brandt';

interface World extends Place {
  /** What the sites want of their calls. */
  readonly rules?: Partial<Pick<SiteEdit, 'mediaSealed' | 'relayOnly' | 'experts'>>;
}

/** The visitor speaks with the lead; a supervisor has a console of their own. */
export async function calling({ people, service, signIns, rules = {} }: World) {
  const { origins } = service;
  const api = await CustomerApi.signIn(origins.console, signIns.officer);
  const sites = await api.ask<readonly SiteShown[]>('GET', '/api/sites');
  const siteIds = sites.map(({ siteId }) => siteId);
  for (const site of sites) await api.ask('PUT', `/api/sites/${site.siteId}`, { ...editOf(site), ...rules });
  const person = {
    email: `supervisor-${newSecret()}@example.org`.toLowerCase(),
    ...{ displayName: eva, password: newSecret() },
  };
  await api.addAgent(person, { country: 'FI', siteIds, roles: ['supervisor'] });
  const consoleOf = async (signIn: SignIn, speaker: Speaker): Promise<AgentPage> => {
    const desk = await people.context({ viewport: { width: 1440, height: 900 } });
    await desk.addInitScript(followConnections);
    await speakIn(desk, speaker);
    const agent = new AgentPage(await desk.newPage(), { console: origins.console, person: signIn });
    await agent.signIn();
    return agent;
  };
  const lead = await consoleOf(firstAgent(signIns), 'lead');
  const supervisor = await consoleOf(person, 'third');
  const context = await people.context();
  await VisitorPage.prepare(context);
  await context.addInitScript(followConnections);
  await speakIn(context, 'visitor');
  const page = await context.newPage();
  await page.goto(`${origins.shop}/products/alder`);
  const visitor = new VisitorPage(page);
  await meet({ agent: lead, visitor }, { name: who });
  await talk({ agent: lead, visitor });
  await expect(visitor.call).toHaveAttribute('data-phase', 'on', { timeout: 20_000 });
  return { api, lead, supervisor, visitor, name: firstAgent(signIns).displayName };
}

/** What each of the three hears, told at once. */
export async function expectEach(
  { visitor, lead, supervisor }: Awaited<ReturnType<typeof calling>>,
  expected: Readonly<Record<Speaker, readonly Speaker[]>>,
): Promise<void> {
  await expectHeard(visitor.voice, expected.visitor, 'the visitor hears');
  await expectHeard(voicesOf(lead), expected.lead, 'the lead hears');
  await expectHeard(voicesOf(supervisor), expected.third, 'the supervisor hears');
}

export const voicesOf = ({ page }: AgentPage) => page.locator('audio');
