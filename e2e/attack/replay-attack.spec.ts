/**
 * C5.1 to C5.9 and C5.13 to C5.20: a hostile page shown to a real agent asks for nothing, runs nothing and leads nowhere,
 * and neither does a hostile visitor's name or line; without our policy they do.
 */

import type { Page } from '@playwright/test';
import { checkEvents, checkSnapshot } from '../../agent-console/src/engagement/player/event-grammar.js';
import { CONNECT, READY } from '../../agent-console/src/engagement/player/replay-messages.js';
import { expect, test } from '../fixtures.js';
import { meet, share } from '../journey/meet.js';
import { firstAgent } from '../service/demo-sign-ins.js';
import { VisitorPage } from '../visitor/visitor-page.js';
import { hijackSealing, sendAsChange, sendAsPage } from './hijacked-sdk.js';
import type { Bait } from './hostile-elements.js';
import type { HostileEvent } from './hostile-events.js';
import { CHANGED_MARKER, hostileEvents, MARKER } from './hostile-events.js';
import { LeakServer } from './leak-server.js';
import { PlainReplay } from './plain-replay.js';
import { baitFor, pressEverything, settle, watchEffects } from './seen-effects.js';

/** What has no policy leaks in at least so many ways, or the corpus proves nothing. */
const LEAKS_WITHOUT_POLICY = 30;
const SCRIPTS_WITHOUT_POLICY = 5;

/** As text, since a literal would set the prototype of what it is written in. */
const POLLUTING = `[{ "type": 3, "timestamp": 6, "__proto__": { "polluted": 1 }, "data": { "source": 0, "texts": [],
  "__proto__": { "polluted": 1 }, "constructor": { "prototype": { "polluted": 1 } }, "removes": [], "adds": [],
  "attributes": [{ "id": 1, "attributes": { "__proto__": { "polluted": "1" }, "constructor": "x",
  "style": { "__proto__": "x", "constructor": ["red", ""] } } }] } }]`;

let leaks: LeakServer;
let plain: PlainReplay;

test.beforeAll(async () => {
  leaks = await LeakServer.open();
  plain = await PlainReplay.open();
});
test.afterAll(() => {
  leaks.close();
  plain.close();
});
test.describe.configure({ timeout: 90_000 });

test('a hostile page makes an agent’s browser ask for nothing, run nothing and go nowhere', async ({
  people,
  service,
  signIns,
}) => {
  const signIn = firstAgent(signIns);
  const agent = await people.agent(signIn);
  const inAgent = await watchEffects(agent.page, leaks);
  const context = await people.context();
  await VisitorPage.prepare(context);
  await hijackSealing(context);
  const visitor = new VisitorPage(await context.newPage());
  await visitor.page.goto(`${service.origins.shop}/products/alder`);
  await meet(
    { agent, visitor },
    {
      name: `Mallory\u202e ${nameOf(baitFor(leaks, 'agent'))}\u2067`,
      seenAs: `Mallory ${nameOf(baitFor(leaks, 'agent'))}`,
    },
  );
  for (const line of linesOf(baitFor(leaks, 'agent'))) await visitor.say(line);
  const consoleUrl = agent.page.url();
  const [meta, whole, ...changes] = hostilePage('agent');
  await sendAsPage(visitor.page, [meta, whole]);
  await share({ agent, visitor });
  await agent.replay.expectText(MARKER);
  for (const change of changes) await sendAsChange(visitor.page, JSON.stringify([change]));
  await sendAsChange(visitor.page, POLLUTING);
  await agent.replay.expectText(CHANGED_MARKER);
  const frame = agent.page.frames().find((each) => each.url().startsWith(service.origins.replay));
  if (frame === undefined) throw new Error('The replay has no frame.');
  expect(await pressEverything(frame), 'there was something to press').toBeGreaterThan(10);
  await settle(agent.page);

  await test.step('what the page holds is named as the console is, and covers nothing of it', async () => {
    expect(await frame.evaluate(reachOut)).toBe('SecurityError');
    for (const each of [frame, agent.page.mainFrame()])
      expect(await each.evaluate(() => 'polluted' in {})).toBe(false);
    await agent.say('Still mine');
    await expect(agent.line('Still mine')).toBeVisible();
    expect(await agent.page.evaluate(topmostOutsideReplay)).toEqual([]);
    await expect.poll(() => tabsIntoReplay(agent.page)).toBe(false);
    expect(await frame.evaluate(() => document.fullscreenEnabled), 'nor can it fill the screen').toBe(false);
  });
  await test.step('C5.17, C5.18: the visitor’s name and lines are words and nothing else', async () => {
    for (const line of linesOf(baitFor(leaks, 'agent'))) {
      await expect(agent.line(line)).toBeVisible();
      await agent.line(line).click();
    }
    await expect(agent.log.locator('a, img, script')).toHaveCount(0);
    const words = await agent.page.evaluate(() => document.body.innerText);
    expect(words).toContain(nameOf(baitFor(leaks, 'agent')));
    expect(words, 'nothing turns the words beside it about').not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });
  await test.step('nothing of it is kept', async () => {
    for (const each of [frame, agent.page.mainFrame()])
      expect(await each.evaluate(whatIsKept)).toEqual({ databases: 0, caches: 0, workers: 0, named: [] });
  });
  expect(leaks.connections, 'nobody even connects').toBe(0);
  expect(agent.page.url()).toBe(consoleUrl);

  const policed = await playUnchecked(await (await people.context()).newPage(), service.origins, 'policed');
  const unsealed = await (await people.context()).newPage();
  const checked = await watchEffects(unsealed, leaks);
  expect(await plain.play(unsealed, passedOf(hostilePage('checked'))), 'the check alone').toEqual([]);
  await settle(unsealed);
  expect(leaks.of('checked'), 'what passes the check names no address').toEqual([]);

  const bare = await (await people.context()).newPage();
  const without = await watchEffects(bare, leaks);
  // The page may lead away from under the replay while it is being played.
  await plain.play(bare, hostilePage('plain')).catch(() => undefined);
  // The control comes last: what the runs before had asked for has arrived as well by then.
  await expect
    .poll(() => leaks.of('plain').length, 'without the policy it leaks')
    .toBeGreaterThanOrEqual(LEAKS_WITHOUT_POLICY);
  await expect
    .poll(() => new Set(without.ran).size, 'the scripts are scripts')
    .toBeGreaterThanOrEqual(SCRIPTS_WITHOUT_POLICY);
  await expect.poll(() => without.left.length, 'the ways lead away').toBeGreaterThan(0);
  await test.step('a console that took them for markup, or let itself be covered, would show it here', async () => {
    await (await people.context()).newPage().then((page) => playAsMarkup(page, baitFor(leaks, 'markup')));
    await expect.poll(() => leaks.of('markup')).toEqual(['chat-link', 'name']);
    await agent.page.evaluate(coverWithFrame);
    expect(await agent.page.evaluate(topmostOutsideReplay)).not.toEqual([]);
    expect(await tabsIntoReplay(agent.page)).toBe(true);
  });
  for (const run of ['agent', 'policed', 'checked']) expect(leaks.of(run), `requests of ${run}`).toEqual([]);
  for (const { ran, left } of [inAgent, policed, checked])
    expect({ ran, left }).toEqual({ ran: [], left: [] });
});

/** C5.17: who they say they are. */
function nameOf({ at }: Bait): string {
  return `<img src=${at('name')}>`;
}

/** C5.18: what a console that makes links of addresses would make one of. */
function linesOf({ at, run }: Bait): readonly string[] {
  const link = at('chat-link');
  return [`javascript:${run('chat-link')}`, `<a href="${link}">${link}</a>`, `[here](${link}) ${link}`];
}

/** The positive control of both. */
async function playAsMarkup(page: Page, bait: Bait): Promise<void> {
  await page.goto(`${leaks.origin}/markup-page`);
  await page.evaluate(
    (markup) => {
      document.body.innerHTML = markup;
      document.querySelector('a')?.click();
    },
    [nameOf(bait), ...linesOf(bait)].join(' '),
  );
}

function hostilePage(run: string): readonly [HostileEvent, HostileEvent, ...HostileEvent[]] {
  const [meta, whole, ...changes] = hostileEvents(baitFor(leaks, run), baitFor(leaks, run));
  if (meta === undefined || whole === undefined) throw new Error('The page has no beginning.');
  return [meta, whole, ...changes];
}

/** What the console's check lets through of it. */
function passedOf([meta, whole, ...changes]: ReturnType<typeof hostilePage>): readonly HostileEvent[] {
  const styles = new Set<number>();
  const begun = checkSnapshot([meta, whole], styles);
  const changed = changes.map((each) => checkEvents([each], styles));
  return [begun, ...changed].flatMap((checked) => {
    if (!checked.ok) throw new Error(`Refused as a whole: ${checked.fault}.`);
    return checked.events;
  });
}

/** In the running replay, but past the console's check: its policy has to do without. */
async function playUnchecked(
  page: Page,
  origins: { readonly console: string; readonly replay: string },
  run: string,
) {
  const seen = await watchEffects(page, leaks);
  let refused = 0;
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refused += 1;
  });
  await page.goto(`${origins.console}/`);
  await page.evaluate(frameReplay, { replay: origins.replay, connect: CONNECT, ready: READY });
  const [meta, whole, ...changes] = hostilePage(run);
  await page.evaluate(tellReplay, { kind: 'snapshot', events: [meta, whole] });
  for (const each of changes) await page.evaluate(tellReplay, { kind: 'events', events: [each] });
  const frame = page.frames().find((each) => each.url().startsWith(origins.replay));
  if (frame === undefined) throw new Error('The replay has no frame.');
  await pressEverything(frame);
  await settle(page);
  expect(refused, 'the policy had something to refuse').toBeGreaterThan(20);
  return seen;
}

/** Whether the key that goes from field to field ever enters the shown page. */
async function tabsIntoReplay(page: Page): Promise<boolean> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement?.localName === 'iframe')) return true;
  }
  return false;
}

/** The functions below run in a page and stand each for itself. */

function reachOut(): string {
  try {
    return String(parent.document.title);
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

/** Controls of the console over which something of the shown page lies. */
function topmostOutsideReplay(): string[] {
  return [...document.querySelectorAll('button, a, textarea, [data-testid="player-state"]')].flatMap(
    (control) => {
      const { left, top, width, height } = control.getBoundingClientRect();
      const at = document.elementFromPoint(left + width / 2, top + height / 2);
      return at?.localName === 'iframe' ? [control.textContent ?? ''] : [];
    },
  );
}

/** What a shown page could do if the console framed it in another way. */
function coverWithFrame(): void {
  const frame = document.createElement('iframe');
  frame.style.cssText = 'position: fixed; inset: 0; width: 100%; height: 100%; z-index: 9999';
  document.body.prepend(frame);
  frame.contentDocument?.body.append(document.createElement('input'));
}

async function whatIsKept() {
  // Where the policy forbids them, the browser does not even tell of them.
  const registered = await navigator.serviceWorker.getRegistrations().catch(() => []);
  const kept = (['localStorage', 'sessionStorage'] as const).flatMap((name) => {
    try {
      return Object.values({ ...window[name] }) as string[];
    } catch {
      // A browser may keep it from a page that others frame.
      return [];
    }
  });
  return {
    databases: (await indexedDB.databases().catch(() => [])).length,
    caches: (await caches.keys().catch(() => [])).length,
    workers: registered.length,
    named: kept.filter((value) => value.includes('hostile')),
  };
}

interface Framing {
  readonly replay: string;
  readonly connect: string;
  readonly ready: string;
}

type Framed = Window & typeof globalThis & { tell(message: unknown): void; heard: { kind: string }[] };

function frameReplay({ replay, connect, ready }: Framing): Promise<void> {
  const framed = window as unknown as Framed;
  framed.heard = [];
  const frame = document.createElement('iframe');
  // As the console frames it.
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin');
  return new Promise((resolve) => {
    addEventListener('message', ({ data }) => {
      if (data !== ready) return;
      const { port1, port2 } = new MessageChannel();
      framed.tell = (message) => port1.postMessage(message);
      port1.onmessage = (event) => {
        framed.heard.push(event.data);
        if (event.data.kind === 'ready') resolve();
      };
      frame.contentWindow?.postMessage(connect, replay, [port2]);
    });
    frame.src = `${replay}/`;
    document.body.append(frame);
  });
}

/** Done once the replay has dealt with it. */
function tellReplay(message: unknown): Promise<void> {
  const { tell, heard } = window as unknown as Framed;
  const listed = () => heard.filter(({ kind }) => kind === 'listed').length;
  const before = listed();
  tell(message);
  tell({ kind: 'list', ask: before });
  return new Promise((resolve) => {
    const look = () => (listed() > before ? resolve() : requestAnimationFrame(look));
    look();
  });
}
