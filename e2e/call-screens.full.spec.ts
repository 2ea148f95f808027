/**
 * Screens in a call. Of the visitor's own page nothing private leaves the browser, however it moves: what is planted
 * there in colours of its own is looked for in each picture that the agent's browser decodes, and in the browser's own
 * pictures of the tab, where it is, for comparison.
 */

import type { SiteShown } from '@alongside/protocol';
import type { Locator, Page } from '@playwright/test';
import { t } from './agent/console-words.js';
import { test as base, expect, People } from './fixtures.js';
import { expectDecoded } from './journey/call-steps.js';
import { meet, talk } from './journey/meet.js';
import { CustomerApi } from './service/customer-api.js';
import { firstAgent } from './service/demo-sign-ins.js';
import { editOf } from './service/site-edit.js';
import { VisitorPage } from './visitor/visitor-page.js';

const test = base.extend({
  /** Whose browser shows a tab as the visitor would say yes to it, and asks for nothing else. */
  people: async ({ playwright, launchOptions, service }, use) => {
    const given = (launchOptions.args ?? []).filter((flag) => flag !== '--use-fake-ui-for-media-stream');
    const args = [
      ...given,
      '--auto-accept-this-tab-capture',
      `--auto-select-tab-capture-source-by-title=${OTHER}`,
    ];
    const browser = await playwright.chromium.launch({ ...launchOptions, args });
    const people = new People(browser, service);
    await use(people);
    await people.leave();
    await browser.close();
  },
});
test.describe.configure({ timeout: 240_000 });

const OTHER = 'Shown elsewhere';
const permissions = ['microphone', 'camera'];

interface Observed {
  /** The browser's own pictures of what was picked. */
  readonly raw: MediaStreamTrack[];
}
declare global {
  var shown: Observed;
}

function observe(): void {
  globalThis.shown = { raw: [] };
  const { mediaDevices } = navigator;
  const pick = mediaDevices.getDisplayMedia.bind(mediaDevices);
  mediaDevices.getDisplayMedia = async (wish) => {
    const stream = await pick(wish);
    globalThis.shown.raw.push(...stream.getTracks());
    return stream;
  };
}

/** Runs in the page: private things in magenta that stand, move, come and go, and a public one in green. */
function plant(): void {
  const place = document.createElement('div');
  const style = document.createElement('style');
  const add = (tag: string, look: Partial<CSSStyleDeclaration>, mark?: string) => {
    const made = document.createElement(tag);
    if (mark !== undefined) made.setAttribute('data-alongside', mark);
    Object.assign(made.style, { position: 'absolute', width: '220px', height: '60px', ...look });
    place.append(made);
    return made;
  };
  const secret = { background: '#ff00ff', color: '#ff00ff' };
  document.body.prepend(place);
  place.append(style);
  Object.assign(place.style, { position: 'relative', height: '700px', zIndex: '5', background: '#ffffff' });
  add('div', { left: '20px', top: '20px', background: '#00b400' }, 'allow');
  add('div', { ...secret, left: '20px', top: '120px' }, 'block');
  add('input', { ...secret, left: '20px', top: '200px' });
  add('div', { left: '20px', top: '280px', color: '#ff00ff', font: '40px monospace' }, 'mask').textContent =
    '█████████';
  const glides = add('div', { ...secret, left: '300px', top: '20px' }, 'block');
  glides.animate([{ transform: 'translateX(0)' }, { transform: 'translateX(400px)' }], {
    duration: 3000,
    iterations: Number.POSITIVE_INFINITY,
    direction: 'alternate',
  });
  const steps = add('div', { ...secret, left: '300px', top: '120px' }, 'block');
  const comes = add('div', { ...secret, left: '300px', top: '200px' }, 'block');
  const canvas = add('canvas', { left: '300px', top: '280px' }) as HTMLCanvasElement;
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.fillStyle = '#ff00ff';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  const frame = add('iframe', { left: '20px', top: '360px' }) as HTMLIFrameElement;
  frame.srcdoc = '<body bgcolor="#ff00ff"></body>';
  const box = add('div', { left: '300px', top: '360px', overflow: 'auto', height: '120px' });
  const inner = document.createElement('div');
  Object.assign(inner.style, { height: '900px' });
  const deep = document.createElement('div');
  deep.setAttribute('data-alongside', 'block');
  Object.assign(deep.style, { ...secret, height: '40px', marginTop: '200px' });
  inner.append(deep);
  box.append(inner);
  const rounds = (): void => {
    const now = performance.now();
    steps.style.left = `${300 + 300 * (0.5 + 0.5 * Math.sin(now / 900))}px`;
    comes.hidden = Math.floor(now / 800) % 2 === 0;
    // Scrolled for a while, and at rest for longer.
    if (Math.floor(now / 1000) % 4 === 0) box.scrollTop = 400 * (0.5 + 0.5 * Math.sin(now / 200));
    requestAnimationFrame(rounds);
  };
  rounds();
}

interface Counted {
  readonly pictures: number;
  readonly secret: number;
  readonly public: number;
}

/** Runs in the page: the most that any picture within this time has of either colour. */
async function countColours(element: HTMLElement | SVGElement, forMs: number): Promise<Counted> {
  const video = element as HTMLVideoElement;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let [pictures, secret, publicOnes] = [0, 0, 0];
  const look = (): void => {
    const { videoWidth: width, videoHeight: height } = video;
    if (context === null || width === 0) return;
    [canvas.width, canvas.height] = [width, height];
    context.drawImage(video, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    let [magenta, green] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, greenPart = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
      if (red > 150 && greenPart < 100 && blue > 150) magenta += 1;
      if (red < 80 && greenPart > 130 && blue < 80) green += 1;
    }
    pictures += 1;
    secret = Math.max(secret, magenta);
    publicOnes = Math.max(publicOnes, green);
  };
  const until = performance.now() + forMs;
  while (performance.now() < until) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 500);
      video.requestVideoFrameCallback(() => {
        clearTimeout(timer);
        look();
        resolve();
      });
    });
  }
  return { pictures, secret, public: publicOnes };
}

/** Runs in the page: the same of the browser's own pictures of the tab, which never leave it. */
async function playRaw(): Promise<void> {
  const video = document.createElement('video');
  video.id = 'raw-of-test';
  video.muted = true;
  video.hidden = true;
  video.srcObject = new MediaStream(globalThis.shown.raw.slice(-1));
  document.documentElement.append(video);
  await video.play();
}

async function inCall(people: People, { shop, signIn }: Where) {
  const agent = await people.agent(signIn, { permissions });
  const context = await people.context({ permissions });
  await context.addInitScript(observe);
  await VisitorPage.prepare(context);
  const page = await context.newPage();
  await page.goto(`${shop}/products/alder`);
  const visitor = new VisitorPage(page);
  await meet({ agent, visitor }, { name: 'Mira who shows' });
  await talk({ agent, visitor });
  await expect(visitor.call).toHaveAttribute('data-phase', 'on', { timeout: 20_000 });
  return { agent, visitor };
}

interface Where {
  readonly shop: string;
  readonly signIn: Parameters<People['agent']>[0];
}

function screenIn(page: Page): Locator {
  return page.locator('.call-screen:not(.call-screen-own) video');
}

async function showPage(visitor: VisitorPage): Promise<void> {
  await visitor.button('Show this page').click();
  await visitor.answer(/^Show .* this page in the call\?$/, 'Yes, show this page');
  await expect(visitor.button('Stop showing')).toBeVisible({ timeout: 20_000 });
}

test('of the page itself nothing private leaves the browser, and the rest is seen', async ({
  people,
  service,
  signIns,
}) => {
  const { agent, visitor } = await inCall(people, {
    shop: service.origins.shop,
    signIn: firstAgent(signIns),
  });
  await visitor.page.evaluate(plant);
  await showPage(visitor);
  await expect(visitor.call).toContainText('sees this page as a picture. What is private on it is covered.');
  const seen = screenIn(agent.page);
  await expectDecoded(seen, 'the agent sees the page');
  await expect(agent.page.getByText(t('screen.visitor.tab'))).toBeVisible();
  await visitor.page.evaluate(playRaw);
  const raw = visitor.page.locator('#raw-of-test');
  const [decoded, own] = await Promise.all([
    seen.evaluate(countColours, 15_000),
    raw.evaluate(countColours, 15_000),
  ]);
  expect(own.secret, 'the secrets are in the tab').toBeGreaterThan(20_000);
  expect(decoded.pictures).toBeGreaterThan(20);
  expect(decoded.public, 'what is public is seen').toBeGreaterThan(5_000);
  expect(decoded.secret, 'no picture holds a secret').toBe(0);

  await visitor.button('Stop showing').click();
  await expect(seen).toBeHidden();
  // Once more, and taken back where the browser itself offers it.
  await showPage(visitor);
  await expectDecoded(screenIn(agent.page), 'the agent sees the page again');
  await visitor.page.evaluate(() => globalThis.shown.raw.at(-1)?.dispatchEvent(new Event('ended')));
  await expect(screenIn(agent.page)).toBeHidden();
  const officer = await CustomerApi.signIn(service.origins.console, signIns.officer);
  const record = await officer.ask<{ readonly metadata: readonly Fact[] }>(
    'GET',
    `/api/engagements/${agent.engagementId}`,
  );
  const acts = record.metadata.filter(({ kind, fields }) => kind === 'consent' && fields.scope === 'screen');
  expect(acts.map(({ fields }) => fields.act)).toEqual(['granted', 'withdrawn', 'granted', 'withdrawn']);
  expect(record.metadata.find(({ kind }) => kind === 'call')?.fields.showed).toBe('tab');
  await visitor.end();
});

interface Fact {
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

test('an agent shows their screen, and stops', async ({ people, service, signIns }) => {
  const { agent, visitor } = await inCall(people, {
    shop: service.origins.shop,
    signIn: firstAgent(signIns),
  });
  await openOther(agent.page);
  await agent.button(t('screen.show')).click();
  const seen = visitor.host.locator('.pictures.screen video');
  await expectDecoded(seen, 'the visitor sees the agent’s screen');
  await expect(visitor.call).toContainText('shows you their screen');
  await expect(agent.page.getByText(t('screen.own'))).toBeVisible();
  await agent.button(t('screen.hide')).click();
  await expect(seen).toBeHidden();
  await visitor.end();
});

test('anything else is shown where the site allows it, and after a second question', async ({
  people,
  service,
  signIns,
}) => {
  const officer = await CustomerApi.signIn(service.origins.console, signIns.officer);
  const [site] = await officer.ask<readonly SiteShown[]>('GET', '/api/sites');
  if (site === undefined) throw new Error('The demo customer has a site.');
  await officer.ask('PUT', `/api/sites/${site.siteId}`, { ...editOf(site), screens: 'any' });
  const { agent, visitor } = await inCall(people, {
    shop: service.origins.shop,
    signIn: firstAgent(signIns),
  });
  await openOther(visitor.page);
  await visitor.button('Show this page').click();
  await visitor.answer(/^Show .* this page in the call\?$/, 'Another window or my screen…');
  await visitor.answer(/^Show .* something else than this page\?$/, 'Yes, show it uncovered');
  await expect(visitor.call).toContainText('sees the window that you picked. Nothing in it is covered.');
  await expectDecoded(screenIn(agent.page), 'the agent sees the other tab');
  await expect(agent.page.getByText(t('screen.visitor.window'))).toBeVisible();
  await visitor.button('Stop showing').click();
  await expect(screenIn(agent.page)).toBeHidden();

  // The same of the agent; the browser of this test picks a tab whatever is asked for.
  await agent.page.bringToFront();
  await agent.button(t('screen.show')).click();
  await agent.button(t('screen.ask.more')).click();
  await agent.button(t('screen.ask.yes')).click();
  const seen = visitor.host.locator('.pictures.screen video');
  await expectDecoded(seen, 'the visitor sees the agent’s screen');
  await agent.button(t('screen.hide')).click();
  await expect(seen).toBeHidden();
  await visitor.end();
  await officer.ask('PUT', `/api/sites/${site.siteId}`, { ...editOf(site), screens: 'tab' });
});

/** Another tab of the same browser, in which something moves. */
async function openOther(page: Page): Promise<void> {
  const other = await page.context().newPage();
  await other.goto('about:blank');
  await other.evaluate((title) => {
    document.title = title;
    const shown = document.createElement('p');
    document.body.append(shown);
    setInterval(() => {
      shown.textContent = String(performance.now());
    }, 100);
  }, OTHER);
  await page.bringToFront();
}
