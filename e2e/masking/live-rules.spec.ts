/**
 * Rules that change while a page is watched, what the visitor sees of what is hidden, and what an officer sees before
 * anybody is watched: each through the whole service, in real browsers.
 */

import type { SiteShown } from '@alongside/protocol';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.js';
import { meet, share } from '../journey/meet.js';
import type { SignIn } from '../service/customer-api.js';
import { CustomerApi } from '../service/customer-api.js';
import { firstAgent } from '../service/demo-sign-ins.js';
import { editOf } from '../service/site-edit.js';

type Edit = SiteShown['masking'];

/** The demo customer's site, which every test of this file puts back as it was. */
class SiteRules {
  readonly #api: CustomerApi;
  readonly site: SiteShown;

  private constructor(api: CustomerApi, site: SiteShown) {
    this.#api = api;
    this.site = site;
  }

  static async of(consoleOrigin: string, officer: SignIn): Promise<SiteRules> {
    const api = await CustomerApi.signIn(consoleOrigin, officer);
    const [site] = await api.ask<readonly SiteShown[]>('GET', '/api/sites');
    if (site === undefined) throw new Error('The demo customer has a site.');
    return new SiteRules(api, site);
  }

  async save(masking: Partial<Edit>): Promise<void> {
    const edit = editOf(this.site);
    await this.#api.ask('PUT', `/api/sites/${this.site.siteId}`, {
      ...edit,
      masking: { ...edit.masking, ...masking },
    });
  }

  async auditActions(): Promise<readonly string[]> {
    const audit = await this.#api.ask<readonly { action: string }[]>('GET', '/api/audit');
    return audit.map(({ action }) => action);
  }
}

test('a stricter rule takes back what is seen within two seconds, a looser one waits for the next yes', async ({
  people,
  service,
  signIns,
}) => {
  const signIn = firstAgent(signIns);
  const rules = await SiteRules.of(service.origins.console, signIns.officer);
  const agent = await people.agent(signIn);
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  await meet({ agent, visitor }, { name: 'Mira of other rules' });
  await share({ agent, visitor });
  await agent.replay.expectText('Alder');
  try {
    const saved = performance.now();
    await rules.save({ maskSelectors: [...rules.site.masking.maskSelectors, 'main'] });
    await expect
      .poll(() => agent.replay.everything(), { intervals: [50], timeout: 2_000 })
      .not.toContain('Alder');
    const tookMs = performance.now() - saved;
    test.info().annotations.push({ type: 'stricter rule', description: `${Math.round(tookMs)} ms` });
    expect(tookMs).toBeLessThan(2_000);
    // The page is there again, masked: its footer is not in the rule.
    await expect.poll(() => agent.replay.everything()).toContain('data-alongside-masked');

    await rules.save({});
    // The looser rule has come when a change after it has.
    await visitor.page.evaluate(() => {
      const line = document.createElement('p');
      line.textContent = 'put in later';
      document.body.append(line);
    });
    await agent.replay.expectText('put in later');
    await visitor.page.goto(`${service.origins.shop}/products/rowan`);
    await agent.replay.expectNoText('put in later');
    await expect.poll(() => agent.replay.everything()).toContain('data-alongside-masked');
    expect(await agent.replay.everything(), 'nor on the next page').not.toContain('Rowan');

    await visitor.stopSharing();
    await share({ agent, visitor });
    await agent.replay.expectText('Rowan');
  } finally {
    await rules.save({});
  }
});

async function layoutOf(page: Page): Promise<string> {
  return page.evaluate(() =>
    [...document.body.querySelectorAll('*')]
      .map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [x, y, width, height].map(Math.round).join(' ');
      })
      .join('\n'),
  );
}

test('the visitor sees what is hidden, striped and in words, and the page stays as it is', async ({
  people,
  service,
  signIns,
}) => {
  const signIn = firstAgent(signIns);
  const agent = await people.agent(signIn);
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  await meet({ agent, visitor }, { name: 'Mira who looks' });
  await share({ agent, visitor });
  await agent.replay.expectText('Alder');
  await visitor.page.evaluate(() => {
    const form = document.createElement('p');
    form.innerHTML =
      'Card <b>4539 1488</b> <i>0343 6467</i> <input id="own" value="x"> <span data-alongside="block">box</span>';
    document.querySelector('main')?.prepend(form);
  });
  const before = await layoutOf(visitor.page);
  const toggle = visitor.button('See what they see');
  await toggle.focus();
  await visitor.page.keyboard.press('Enter');
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  await expect(visitor.text(/Striped: hidden from .*field.*left out/)).toBeVisible();
  const stripes = () =>
    visitor.page.evaluate(() => {
      const hosts = [...document.documentElement.children].filter((each) => each.shadowRoot !== null);
      return hosts.flatMap((host) => [
        ...(host.shadowRoot?.querySelectorAll('div.field, div.text, div.block') ?? []),
      ]).length;
    });
  await expect.poll(stripes).toBeGreaterThan(3);
  expect(await layoutOf(visitor.page), 'nothing of the page has moved').toBe(before);
  const seen = await agent.replay.everything();
  expect(seen).not.toContain('repeating-linear-gradient(135deg, rgb(138');
  await visitor.page.keyboard.press('Enter');
  await expect(toggle).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(stripes).toBe(0);
});

test('an officer sees a page as agents would, and nothing of it passes through the service', async ({
  people,
  service,
  signIns,
}) => {
  const officer = await people.agent(signIns.officer);
  const rules = await SiteRules.of(service.origins.console, signIns.officer);
  const sent: string[] = [];
  officer.page
    .context()
    .on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  await officer.page.goto(`${service.origins.console}/admin/sites/${rules.site.siteId}/preview`);
  await officer.page.getByLabel('Address of a page of yours').fill(`${service.origins.shop}/products/alder`);
  const opened = officer.page.context().waitForEvent('page');
  await officer.page.getByRole('button', { name: 'Open the page and look' }).click();
  const shop = await opened;
  await officer.replay.expectText('Alder');
  await shop.evaluate(() => {
    const line = document.createElement('p');
    line.textContent = 'Only here: 4539 1488 0343 6467 and a word of preview';
    document.querySelector('main')?.prepend(line);
    const shown = document.createElement('p');
    shown.textContent = 'a plain word of preview';
    document.querySelector('main')?.prepend(shown);
  });
  await officer.replay.expectText('a plain word of preview');
  expect(await officer.replay.everything()).not.toContain('4539 1488');
  await shop.goto(`${service.origins.shop}/products/rowan`);
  await officer.replay.expectText('Rowan');
  expect(sent.filter((request) => request.includes('word of preview'))).toEqual([]);
  expect(await rules.auditActions()).toContain('site.previewed');
  await shop.close();
  await expect(officer.page.getByText('The window is closed.')).toBeVisible();
});

test('a window that somebody else has opened shows itself to nobody', async ({ people, service }) => {
  const context = await people.context();
  const stranger = await context.newPage();
  await stranger.route('**/*', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<p>elsewhere</p>' }),
  );
  await stranger.goto('http://elsewhere.localhost:9/');
  const heard = stranger.evaluate(
    (url) =>
      new Promise<readonly string[]>((resolve) => {
        const told: string[] = [];
        addEventListener('message', (event) => told.push(JSON.stringify(event.data)));
        const opened = window.open(url, 'alongside-preview');
        setInterval(
          () =>
            opened?.postMessage({ 'alongside:preview:open': { text: 'shown' } }, '*', [
              new MessageChannel().port2,
            ]),
          200,
        );
        addEventListener('beforeunload', () => resolve(told));
        setTimeout(() => resolve(told), 4_000);
      }),
    `${service.origins.shop}/products/alder`,
  );
  const shop = await context.waitForEvent('page');
  await expect(shop.locator('alongside-help')).toBeAttached();
  expect(await heard).toEqual([]);
});
