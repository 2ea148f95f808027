/** A call whose media the network does not bear: what both sides see of it, that the rest goes on, and that it comes back. */

import { MEDIA_ADDRESS, NetworkPath } from '../server/test/network-path.js';
import type { AgentPage } from './agent/agent-page.js';
import { t } from './agent/console-words.js';
import { test as base, expect } from './fixtures.js';
import { expectDecoded, expectSound } from './journey/call-steps.js';
import { helped, meet, type Place, share, talk } from './journey/meet.js';
import { CustomerApi } from './service/customer-api.js';
import { firstAgent } from './service/demo-sign-ins.js';
import { Service } from './service/service.js';
import { followConnections } from './visitor/follow-connections.js';
import type { VisitorPage } from './visitor/visitor-page.js';

const test = base.extend<object, { path: NetworkPath }>({
  path: [
    async ({ browserName: _ }, use) => {
      const path = await NetworkPath.open(await NetworkPath.freePort());
      await use(path);
      await path.close();
    },
    { scope: 'worker' },
  ],
  service: [
    async ({ serviceEnv, mediaWorkerBin, demo, path }, use) => {
      const media = { CALLS_PORT: String(path.mediaPort), CALLS_ANNOUNCED_ADDRESS: MEDIA_ADDRESS };
      const service = await Service.start({ env: { ...serviceEnv, ...media }, mediaWorkerBin, demo });
      await use(service);
      await service.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});
test.use({ serviceName: 'whose media go through a network of the test' });
test.describe.configure({ timeout: 240_000 });
test.afterEach(({ path }) => {
  path.comeBack();
  path.loseOf([]);
});

/** Three times a quarter of a minute, and what lies between them. */
const GIVEN_UP_MS = 90_000;

test('media that do not get through are connecting, then given up with a word and a way to try again', async ({
  people,
  service,
  signIns,
  path,
}) => {
  path.goDark();
  const { agent, visitor } = await helped({ people, service, signIns }, 'Mira unreached');
  await share({ agent, visitor });
  await talk({ agent, visitor });
  await expect(visitor.call).toContainText('Connecting the call…');
  await expect(agent.callState).toContainText(t('call.link.joining'));
  const phases = await phasesOf(visitor);

  await expect(visitor.call).toHaveAttribute('data-phase', 'failed', { timeout: GIVEN_UP_MS });
  await expect(visitor.call).toContainText('Neither sound nor picture gets through');
  await expect(agent.page.getByText(t('failure.mediaUnreachable'))).toBeVisible({ timeout: GIVEN_UP_MS });
  expect(await phases(), 'it was never said to be on').toEqual(['joining', 'failed']);
  await expectRest({ agent, visitor });

  path.comeBack();
  await visitor.button('Try again').click();
  await agent.button(t('act.tryAgain')).click();
  await expectSound(agent.voice, 'the agent hears the visitor');
  await expectSound(visitor.voice, 'the visitor hears the agent');
  await expect(visitor.call).toHaveAttribute('data-phase', 'on');
  await expect(agent.callState).toContainText(t('call.link.joined'));
  await visitor.end();
});

test('media that stop are told of as interrupted, and go on in the same call', async ({
  people,
  service,
  signIns,
  path,
}) => {
  const { agent, visitor } = await call({
    agent: await people.agent(firstAgent(signIns)),
    visitor: await people.visitor(`${service.origins.shop}/products/alder`),
  });
  path.goDark();
  await expect(visitor.call).toHaveAttribute('data-phase', 'lost', { timeout: 20_000 });
  await expect(agent.callState).toContainText(t('call.link.rejoining'), { timeout: 20_000 });
  await expectRest({ agent, visitor });
  path.comeBack();
  await expect(visitor.call).toHaveAttribute('data-phase', 'on', { timeout: 30_000 });
  await expect(agent.callState).toContainText(t('call.link.joined'), { timeout: 30_000 });
  await expectSound(agent.voice, 'the agent hears the visitor again');
  await expectSound(visitor.voice, 'the visitor hears the agent again');
  await visitor.end();
});

test('a visitor whose uplink loses packets is told of so, and the agent what they lose', async ({
  people,
  service,
  signIns,
  path,
}) => {
  const { agent, visitor } = await followedCall({ people, service, signIns });
  await visitor.button('Camera on').click();
  await expectDecoded(agent.visitorPicture, 'the agent sees the visitor');
  const theirs = agent.page.locator('.health-side[data-side="theirs"]');
  await expect(theirs).toHaveAttribute('data-grade', 'good', { timeout: 30_000 });

  path.loseOf(await visitor.page.evaluate(portsOf));
  await expect(theirs).toHaveAttribute('data-grade', 'poor', { timeout: 40_000 });
  const words = t('health.theirs.upLoss', { value: '|' }).split('|')[0] ?? '';
  await expect(agent.page.locator('.health-cause')).toContainText(words);
  await expect(visitor.host.locator('.quality[data-grade="poor"]')).toBeVisible();
  await visitor.end();
});

test('in a call of voices alone the side whose own line loses packets is the one that is told of', async ({
  people,
  service,
  signIns,
  path,
}) => {
  const { agent, visitor } = await followedCall({ people, service, signIns });
  const side = (which: string) => agent.page.locator(`.health-side[data-side="${which}"]`);
  const cause = agent.page.locator('.health-cause');
  const wordsOf = (key: 'health.ours.downLoss' | 'health.theirs.upLoss') =>
    t(key, { value: '|' }).split('|')[0] ?? '';
  const api = await CustomerApi.signIn(service.origins.console, signIns.officer);
  const losses = async () => {
    const facts = await api.factsOf(agent.engagementId);
    const samples = facts.filter(({ kind, fields }) => kind === 'callSample' && fields.role === 'visitor');
    return samples.flatMap(({ fields: { upLossPermille } }) =>
      typeof upLossPermille === 'number' ? [upLossPermille] : [],
    );
  };
  await expect(side('theirs')).toHaveAttribute('data-grade', 'good', { timeout: 30_000 });

  path.loseOf(await agent.page.evaluate(portsOf), 'down');
  await expect(side('ours')).toHaveAttribute('data-grade', 'poor', { timeout: 40_000 });
  await expect(cause).toContainText(wordsOf('health.ours.downLoss'));
  const known = (await losses()).length;
  await expect.poll(async () => (await losses()).length, { timeout: 40_000 }).toBeGreaterThan(known + 1);
  expect(
    Math.max(...(await losses())),
    'of what the visitor sent nothing was lost on their way',
  ).toBeLessThan(20);
  await expect(side('theirs')).toHaveAttribute('data-grade', 'good');

  path.loseOf(await visitor.page.evaluate(portsOf));
  await expect(cause).toContainText(wordsOf('health.theirs.upLoss'), { timeout: 40_000 });
  await expect(side('theirs')).toHaveAttribute('data-grade', 'poor');
  await expect.poll(async () => Math.max(...(await losses())), { timeout: 40_000 }).toBeGreaterThan(100);
  await visitor.end();
});

interface Both {
  readonly agent: AgentPage;
  readonly visitor: VisitorPage;
}

async function call({ agent, visitor }: Both): Promise<Both> {
  await meet({ agent, visitor }, { name: 'Mira on a line' });
  await share({ agent, visitor });
  await talk({ agent, visitor });
  await expectSound(agent.voice, 'the agent hears the visitor');
  await expectSound(visitor.voice, 'the visitor hears the agent');
  return { agent, visitor };
}

/** Of both pages the connections are known. */
async function followedCall({ people, service, signIns }: Place): Promise<Both> {
  const agent = await people.agent(firstAgent(signIns));
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  for (const { page } of [agent, visitor]) {
    await page.addInitScript(followConnections);
    await page.reload();
  }
  return call({ agent, visitor });
}

/** Chat and the view of the page wait for nothing of a call. */
async function expectRest({ agent, visitor }: Both): Promise<void> {
  const line = 'We can write meanwhile';
  await visitor.say(line);
  await expect(agent.line(line)).toBeVisible();
  await agent.expectPlayer('live');
}

/** Each phase that the call is shown in from now on, once. */
async function phasesOf({ call }: VisitorPage): Promise<() => Promise<readonly string[]>> {
  await call.evaluate((section) => {
    const seen = new Set([section.getAttribute('data-phase')]);
    new MutationObserver(() => {
      seen.add(section.getAttribute('data-phase'));
      section.setAttribute('data-seen-by-test', [...seen].join(' '));
    }).observe(section, { attributeFilter: ['data-phase'] });
  });
  return async () => ((await call.getAttribute('data-seen-by-test')) ?? '').split(' ');
}

/** Runs in the page: the ports that its connections send from. */
async function portsOf(): Promise<readonly number[]> {
  const reports = await Promise.all((window.connectionsOfTest ?? []).map((each) => each.getStats()));
  return reports
    .flatMap((report) => [...report.values()])
    .filter(({ type }) => type === 'local-candidate')
    .flatMap(({ port }) => (typeof port === 'number' ? [port] : []));
}
