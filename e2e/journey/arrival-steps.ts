/** Steps 1 to 3: the visitor finds help on the page, writes, waits, and one of two agents accepts. */

import type { Page } from '@playwright/test';
import { plural, t } from '../agent/console-words.js';
import { expect, test } from '../fixtures.js';
import { VisitorPage } from '../visitor/visitor-page.js';
import { SeenTraffic } from './seen-traffic.js';
import type { Story } from './story.js';

export function tellOfArrival(story: () => Story): void {
  test('step 1: one script tag brings a launcher that moves nothing of the page', async () => {
    const { people, url } = bound(story());
    const context = await people.context();
    const page = await context.newPage();
    await page.route('**/sdk/v1/**', (route) => route.abort());
    await page.goto(url('/products/alder'), { waitUntil: 'networkidle' });
    const without = await layoutOf(page);
    await page.unroute('**/sdk/v1/**');
    await page.reload({ waitUntil: 'networkidle' });
    await expect(page.locator('alongside-help')).toBeAttached();
    expect(await page.locator('script[data-alongside-site]').count()).toBe(1);
    const root = await page.evaluate(() => document.querySelector('alongside-help')?.shadowRoot);
    expect(root, 'the page cannot look inside').toBeNull();
    expect(await layoutOf(page)).toEqual(without);
    await context.close();
  });

  test('step 2: the notice comes before anything about the visitor leaves; then they write, wait, and may leave', async () => {
    const { people, url, service } = bound(story());
    const context = await people.context();
    await VisitorPage.prepare(context);
    const traffic = new SeenTraffic(context);
    const visitor = new VisitorPage(await context.newPage());
    story().visitor = visitor;
    await visitor.page.goto(url('/products/alder'));
    await expect(visitor.launcher).toBeVisible();
    await visitor.openPanel();
    await expectNotice(visitor, story());
    const message = story().chatText('What is APR?');
    await visitor.host.getByLabel('Your message').fill(message);
    await visitor.host.getByLabel(/^Your name/).fill(story().visitorName);
    const before = (await traffic.requests()).filter(
      ({ url: to }) => !to.host.endsWith(new URL(url('/')).host),
    );
    for (const { method, url: to, headers } of before) {
      expect(to.origin).toBe(service.origins.console);
      expect(to.pathname).toMatch(/^\/sdk\/v1\/|^\/v1\/sites\/[^/]+\/config$/);
      expect(method).toBe('GET');
      expect(headers.cookie).toBeUndefined();
    }
    expect(before.length).toBeGreaterThan(1);
    expect(traffic.sockets).toEqual([]);
    await visitor.start({ message, name: story().visitorName, topic: 'Paying by the month' });
    await expect(visitor.text('You are in the queue')).toBeVisible();
    await expect(visitor.text(/^Waiting for \d+:\d\d$/)).toBeVisible();
    await expect(visitor.line(message)).toBeVisible();
    await expectCrossSite(traffic, service.origins.console);
  });

  test('step 2: whoever waits can leave, and the queue knows', async () => {
    const { people, url, customer } = bound(story());
    const [agent, colleague] = await Promise.all(customer.agents.map((person) => people.agent(person)));
    if (agent === undefined || colleague === undefined) throw new Error('There are two agents.');
    story().seat(agent, colleague);
    await Promise.all([agent.becomeAvailable(), colleague.becomeAvailable()]);
    const other = await people.visitor(url('/'));
    await other.openPanel();
    await other.start({ message: 'Never mind', name: 'Somebody else' });
    await expect(agent.waiting('Somebody else')).toBeVisible();
    await other.button('Leave the queue').click();
    await expect(other.text('You have ended the conversation.')).toBeVisible();
    await expect(agent.waiting('Somebody else')).toBeHidden();
    await other.page.context().close();
  });

  test('step 3: of two agents who accept at once one gets it and the other is told', async () => {
    const { second, visitorName } = story();
    const { agent, colleague, visitor } = story();
    for (const each of [agent, colleague]) {
      const row = each.waiting(visitorName);
      await expect(row).toContainText('Paying by the month');
      await expect(row).toContainText(/\d+:\d\d/);
      await expect(row).toContainText(new RegExp(`${t('queue.justNow')}|${plural('queue.minutes', 1)}`));
    }
    await second.talk();
    const press = (name: string) => t('queue.acceptNamed', { who: name });
    const at = Date.now() + 500;
    await Promise.all(
      [agent, colleague].map((each) => each.button(press(visitorName)).evaluate(pressThen, at)),
    );
    const heading = (each: typeof agent) =>
      each.page.getByRole('heading', { level: 1, name: visitorName }).waitFor();
    // Rejected only when neither of them has got it.
    const agentHasIt = await Promise.any([
      heading(agent).then(() => true),
      heading(colleague).then(() => false),
    ]);
    if (!agentHasIt) story().seat(colleague, agent);
    const { agent: winner, colleague: loser } = story();
    await winner.expectEngagement(visitorName);
    await expect(loser.page.getByText(t('queue.taken'))).toBeVisible();
    await expect(loser.page.getByText(visitorName, { exact: true })).toBeHidden();
    await visitor.expectConversation(story().agentName);
    story().engagementId = winner.engagementId;
    for (const page of [winner.page, loser.page, visitor.page]) {
      expect(await page.content(), 'nothing of the other customer is seen').not.toContain(second.secret);
    }
  });
}

/** Runs in the page: both presses come in the same moment, which two mice of a test would not. */
function pressThen(button: HTMLElement | SVGElement, at: number): void {
  setTimeout(() => (button as HTMLElement).click(), at - Date.now());
}

async function expectNotice(visitor: VisitorPage, story: Story): Promise<void> {
  const notice = visitor.host.getByRole('region', { name: 'Before you write' });
  await expect(notice).toContainText(/ runs this help\. Contact: \S+@/);
  await expect(notice).toContainText('Never: your page, sound, pictures.');
  await expect(notice).toContainText(/Deleted after: conversation \d+ months/);
  await expect(notice).toContainText('Stored in Finland (stays in Finland; no transfer basis is needed).');
  await expect(notice).toContainText(
    /May be read, seen or heard by people at: \S.*, Finland \(stays in Finland;/,
  );
  await expect(notice).toContainText(
    'you can read and download here what is kept, and delete conversation and answers; after the end only in this tab. Technical facts stay until their date.',
  );
  await expect(visitor.window).toContainText(`Help from ${story.customer.siteName}`);
}

/** The service stands on another site than the shop, so that no cookie of one can ever reach the other. */
async function expectCrossSite(traffic: SeenTraffic, consoleOrigin: string): Promise<void> {
  const asked = (await traffic.requestsTo(consoleOrigin)).filter(({ url }) =>
    url.pathname.startsWith('/v1/'),
  );
  expect(asked.length).toBeGreaterThan(1);
  for (const { headers } of asked) {
    expect(headers['sec-fetch-site']).toBe('cross-site');
    expect(headers.cookie).toBeUndefined();
  }
}

/** The place of everything on the page, and the size of the page itself. */
function layoutOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    const places = [...document.body.querySelectorAll('*')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return `${element.localName} ${x} ${y} ${width} ${height}`;
    });
    return [`${scrollWidth} ${scrollHeight}`, ...places];
  });
}

function bound(story: Story) {
  const { people, service, customer } = story;
  return { people, service, customer, url: (path: string) => story.url(path) };
}
