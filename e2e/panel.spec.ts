/** The visitor's panel in a real browser, with the service played by the test: every state that it can be in. */

import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.js';
import { openShadowRoots } from './visitor/open-shadow-roots.js';
import { PanelService } from './visitor/panel-service.js';
import { VisitorPage } from './visitor/visitor-page.js';

// Each test has a service of its own. What the journeys see through the real one is repeated in the full run only.
test.describe.configure({ mode: 'parallel' });
const alsoInJourneys = { tag: '@full' };

let service: PanelService;

test.beforeEach(async () => {
  service = await PanelService.start();
});
test.afterEach(async () => {
  await service.close();
});

async function visit(page: Page, path = '/'): Promise<VisitorPage> {
  await openShadowRoots(page.context());
  await page.goto(service.url(path));
  return new VisitorPage(page);
}

async function talk(page: Page): Promise<VisitorPage> {
  const visitor = await visit(page);
  await visitor.openPanel();
  await visitor.start({ message: 'What is APR?', name: 'Mira' });
  await expect(visitor.text('You are in the queue')).toBeVisible();
  await expect.poll(() => service.view).toBeDefined();
  service.accept();
  await visitor.expectConversation('Aki');
  return visitor;
}

test('asks for nothing but its files and the configuration before a visitor writes', async ({ page }) => {
  const visitor = await visit(page);
  await expect(visitor.launcher).toBeVisible();
  await visitor.openPanel();
  await expect(visitor.text('Before you write')).toBeVisible();
  await expect(visitor.window).toBeInViewport({ ratio: 1 });
  const asked = service.requests.map(({ path }) => path.replace(/-[0-9a-f]{12}/, ''));
  const ours = asked.filter((path) => path !== '/favicon.ico');
  expect(ours).toEqual(['/', '/sdk/v1/loader.js', expect.stringMatching(/\/config$/), '/sdk/v1/panel-en.js']);
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

test('begins, waits, and talks', async ({ page }) => {
  const visitor = await visit(page);
  await visitor.openPanel();
  await visitor.button('Start and send').click();
  await expect(visitor.text('Please write a message first.')).toBeVisible();
  await visitor.start({ message: 'What is APR?', name: 'Mira' });
  await expect(visitor.text('You are in the queue')).toBeVisible();
  await expect(visitor.text(/Waiting for 1:2/)).toBeVisible();
  service.accept();
  await visitor.expectConversation('Aki');
  service.type(true);
  await expect(visitor.text('Aki is typing…')).toBeVisible();
  service.say('The yearly cost of a loan.');
  await expect(visitor.line('The yearly cost of a loan.')).toBeVisible();
  await visitor.say('Thank you');
  await expect.poll(() => service.lines.at(-1)?.text).toBe('Thank you');
  await expect(visitor.log.locator('.unsent')).toHaveCount(0);
  await visitor.composer.pressSequentially('a draft');
  await expect.poll(() => service.command('chat:typing')).toEqual({ typing: true });
  expect(JSON.stringify(service.commands)).not.toContain('a draft');
  const kept = await page.evaluate(() => [{ ...localStorage }, { ...sessionStorage }, document.cookie]);
  expect(JSON.stringify(kept)).toContain('alongside_');
  expect(JSON.stringify(kept)).not.toContain('a draft');
});

test('keeps a line until it is committed', async ({ page }) => {
  const visitor = await talk(page);
  service.setStorage('down');
  await expect(visitor.state).toContainText('cannot be saved right now');
  await visitor.say('first');
  await expect(visitor.text('Not sent yet')).toBeVisible();
  await visitor.say('second');
  service.setStorage('up');
  await expect(visitor.log.locator('.unsent')).toHaveCount(0);
  expect(service.lines.map(({ text }) => text)).toEqual(['What is APR?', 'first', 'second']);
  const ids = service.commands.filter(({ name, body }) => name === 'chat:send' && body.text === 'first');
  expect(new Set(ids.map(({ body }) => body.lineId)).size).toBe(1);
});

test('comes back after a lost connection, with what was said meanwhile', async ({ page }) => {
  const visitor = await talk(page);
  service.dropSockets();
  service.say('Are you there?');
  await expect(visitor.line('Are you there?')).toBeVisible();
  await expect(visitor.state).toBeHidden();
});

test('continues after a reload, in a second tab and on a sub-domain', async ({ page }) => {
  await talk(page);
  service.say('hello');
  await page.reload();
  const again = new VisitorPage(page);
  await expect(again.line('hello')).toBeVisible();
  const second = await page.context().newPage();
  await second.goto(service.url('/', 'pay.shop.localhost'));
  const other = new VisitorPage(second);
  await other.launcher.click();
  await expect(other.line('hello')).toBeVisible();
});

test('without cookies and storage it says so before anything is shared', alsoInJourneys, async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => undefined });
    Object.defineProperty(globalThis, 'sessionStorage', {
      get: () => {
        throw new DOMException('no', 'SecurityError');
      },
    });
  });
  const visitor = await visit(page);
  await visitor.openPanel();
  await expect(visitor.text('leaving or reloading this page ends the conversation')).toBeVisible();
  await visitor.start({ message: 'Hello' });
  await expect(visitor.text('You are in the queue')).toBeVisible();
});

test('asks before the page is shown, and stops with one press', async ({ page }) => {
  const visitor = await talk(page);
  service.askView();
  await expect(visitor.question(/asks to see this page/)).toBeVisible();
  await visitor.agreeToShow();
  await expect.poll(() => service.command('view:grant')).toBeDefined();
  const words = { version: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), language: 'en' };
  expect(service.command('view:grant')).toMatchObject({ words });
  await expect(visitor.button('Stop sharing this page')).toBeVisible();
  await expect.poll(() => service.command('frames:pass')).toBeDefined();
  service.askControl();
  await visitor.answer(/with their own hands/, 'Yes, for 2 minutes');
  await expect(visitor.lease).toContainText('Aki may scroll, click and type');
  await page.keyboard.press('Escape');
  await expect.poll(() => service.command('control:end')).toBeDefined();
  await expect(visitor.lease).toBeHidden();
  await visitor.stopSharing();
  await expect.poll(() => service.command('view:stop')).toBeDefined();
  await expect(visitor.button('Stop sharing this page')).toBeHidden();
});

test('a stop that the server has not heard holds on the next page', async ({ page }) => {
  const visitor = await talk(page);
  service.askView();
  await visitor.agreeToShow();
  await expect(visitor.button('Stop sharing this page')).toBeVisible();
  service.answers.set('view:stop', () => ({ ok: false, refusal: { code: 'internal' } }));
  await visitor.stopSharing();
  await page.reload();
  const again = new VisitorPage(page);
  await expect(again.window).toBeVisible();
  service.answers.delete('view:stop');
  const passes = service.commands.filter(({ name }) => name === 'frames:pass').length;
  await expect.poll(() => service.view?.view).toEqual({ state: 'off' });
  expect(service.commands.filter(({ name }) => name === 'frames:pass').length).toBe(passes);
});

test(
  'no answer counts that a script gave, that came too early, or that was covered',
  alsoInJourneys,
  async ({ page }) => {
    const visitor = await talk(page);
    service.askView();
    const yes = visitor.button('Yes, show the page');
    await yes.waitFor();
    await yes.evaluate((button) => (button as HTMLElement).click());
    const early = await yes.boundingBox();
    if (early === null) throw new Error('The answer has no place on the screen.');
    await page.mouse.click(early.x + early.width / 2, early.y + early.height / 2);
    expect(service.command('view:grant')).toBeUndefined();
    await expect(visitor.host.locator('[data-armed="true"]')).toBeVisible();
    await page.evaluate(() => {
      const cover = document.createElement('div');
      cover.popover = 'manual';
      cover.style.cssText =
        'position:fixed;inset:0;inline-size:100%;block-size:100%;background:#fff;pointer-events:none;opacity:.9';
      document.body.append(cover);
      cover.showPopover();
    });
    await expect(visitor.text('Something covers this question')).toBeVisible();
    await page.mouse.click(early.x + early.width / 2, early.y + early.height / 2);
    await yes.evaluate((button) => (button as HTMLElement).click());
    await page.evaluate(() => document.querySelector('body > div[popover]')?.remove());
    await expect(visitor.host.locator('[data-armed="true"]')).toBeVisible();
    expect(service.command('view:grant')).toBeUndefined();
    await visitor.agreeToShow();
    await expect.poll(() => service.command('view:grant')).toBeDefined();
  },
);

test('the end, the survey, the receipt, the download and the erasure', alsoInJourneys, async ({ page }) => {
  const visitor = await talk(page);
  await visitor.button('End').click();
  await visitor.button('End it').click();
  await expect(visitor.text('How was it?')).toBeVisible();
  expect(await page.evaluate(() => document.cookie)).toBe('');
  await visitor.button('Send answers').click();
  await expect(visitor.text('Please answer this question')).toBeVisible();
  await visitor.host.getByRole('radio', { name: '4 of 5' }).check({ force: true });
  await visitor.host.getByRole('radio', { name: '9 of 10' }).check({ force: true });
  await visitor.host.getByRole('checkbox', { name: 'A loan' }).check();
  await visitor.host.getByLabel('Anything else?').fill('Thank you!');
  await visitor.button('Send answers').click();
  await expect(visitor.text('Your receipt')).toBeVisible();
  expect(service.survey).toEqual({
    version: 4,
    answers: [
      { questionId: 'overall', kind: 'rating', value: 4 },
      { questionId: 'recommend', kind: 'scale', value: 9 },
      { questionId: 'reason', kind: 'choice', value: ['loan'] },
      { questionId: 'else', kind: 'text', value: 'Thank you!' },
    ],
  });
  await expect(visitor.text(/Aki \(in Finland\) saw your page/)).toBeVisible();
  const download = page.waitForEvent('download');
  await visitor.button('Download all of it').click();
  expect((await download).suggestedFilename()).toMatch(/\.json$/);
  const table = page.waitForEvent('download');
  await visitor.button('Download as a table (CSV)').click();
  expect((await table).suggestedFilename()).toMatch(/\.csv$/);
  await visitor.button('Delete conversation and answers').click();
  await visitor.button('Delete now').click();
  await expect(visitor.text('Number of this deletion')).toBeVisible();
  await page.reload();
  const again = new VisitorPage(page);
  await expect(again.text('Your receipt')).toBeVisible();
  await again.button('Start a new conversation').click();
  await expect(again.text('Before you write')).toBeVisible();
});

test('speaks German where the page does', async ({ page }) => {
  service.htmlLanguage = 'de';
  service.config = { ...service.config, notice: { ...(service.config.notice as object), language: 'de' } };
  await openShadowRoots(page.context());
  await page.goto(service.url());
  await page.getByRole('button', { name: 'Hilfe' }).click();
  await expect(page.getByText('Bevor Sie schreiben')).toBeVisible();
});

for (const [language, help, sentences] of [
  [
    'en',
    'Help',
    [
      'What you write goes to Hazel archive, India (from Finland to India under standard contractual clauses (module 2) (DPA 7)); only technical facts are kept here.',
      'Stored in Finland (stays in Finland; no transfer basis is needed).',
      'Also received by: Relay Ltd, United States (from Finland to United States under the EU-U.S. Data Privacy Framework); Mailer, Sweden.',
      'May be read, seen or heard by people at: Dev Ltd, India (from Finland to India under standard contractual clauses (module 2) (DPA 7)).',
    ],
  ],
  [
    'de',
    'Hilfe',
    [
      'Was Sie schreiben, geht an Hazel archive, Indien (von: Finnland, nach: Indien, auf Grund von Standardvertragsklauseln (Modul 2) (DPA 7)); hier bleiben nur technische Angaben.',
      'Gespeichert in: Finnland (bleibt in: Finnland; es braucht keine Grundlage für eine Übermittlung).',
      'Außerdem erhalten Daten: Relay Ltd, Vereinigte Staaten (von: Finnland, nach: Vereinigte Staaten, auf Grund des EU-U.S. Data Privacy Framework); Mailer, Schweden.',
      'Lesen, sehen oder hören dürfen Personen bei: Dev Ltd, Indien (von: Finnland, nach: Indien, auf Grund von Standardvertragsklauseln (Modul 2) (DPA 7)).',
    ],
  ],
] as const) {
  test(`names in the notice what everybody who receives something receives it on (${language})`, async ({
    page,
  }) => {
    const from = { fromCountry: 'FI', decisionId: 'd', decidedAt: 1 };
    const named = { activeFrom: 0 };
    service.htmlLanguage = language;
    const notice = {
      ...(service.config.notice as object),
      language,
      basis: { ...from, basis: 'NONE_DOMESTIC', toCountry: 'FI' },
      deliveredTo: {
        ...{ ...named, name: 'Hazel archive', country: 'IN', role: 'ownStore' },
        basis: { ...from, basis: 'SCC_M2', toCountry: 'IN', reference: 'DPA 7' },
      },
      recipients: [
        {
          ...{ ...named, name: 'Relay Ltd', country: 'US', role: 'relay' },
          basis: { ...from, basis: 'DPF_EU', toCountry: 'US' },
        },
        { ...named, name: 'Mailer', country: 'SE', role: 'subProcessor' },
        {
          ...{ ...named, name: 'Dev Ltd', country: 'IN', role: 'people' },
          basis: { ...from, basis: 'SCC_M2', toCountry: 'IN', reference: 'DPA 7' },
        },
      ],
    } satisfies object;
    service.config = { ...service.config, notice };
    await openShadowRoots(page.context());
    await page.goto(service.url());
    await page.getByRole('button', { name: help }).click();
    for (const sentence of sentences) await expect(page.getByText(sentence, { exact: true })).toBeVisible();
  });
}

test('an origin that is not listed is told so in the console of the page', async ({ page }) => {
  service.originAllowed = false;
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto(service.url());
  await expect
    .poll(() => said.join('\n'))
    .toContain(`originNotAllowed (http://shop.localhost:${service.port})`);
  await expect(page.locator('alongside-help')).toHaveCount(0);
});

for (const [name, policy] of [
  ['a strict policy', 'worker-src blob:'],
  ['a strict policy without workers', ''],
  ['trusted types', "worker-src blob:; require-trusted-types-for 'script'; trusted-types alongside"],
] as const) {
  test(`works under ${name}`, alsoInJourneys, async ({ page }) => {
    const sdk = service.url('', 'console.localhost').replace(/\/$/, '');
    const live = service.url('', 'live.localhost').replace(/\/$/, '');
    service.pageHeaders = {
      'content-security-policy': `default-src 'self'; script-src 'self' ${sdk}; style-src 'self'; connect-src 'self' ${sdk} ${live} ${live.replace('http', 'ws')}; object-src 'none'; base-uri 'none'; ${policy}`,
    };
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    const visitor = await talk(page);
    service.askView();
    await visitor.agreeToShow();
    await expect.poll(() => service.command('frames:pass'), { timeout: 15_000 }).toBeDefined();
    await expect(visitor.window).toHaveCSS('position', 'fixed');
    expect(faults).toEqual([]);
  });
}

test('a part that was changed on its way does not run', async ({ page }) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  service.changeFile = (name, text) =>
    name.startsWith('panel-') ? `document.title = 'changed';${text}` : text;
  const visitor = await visit(page);
  await visitor.launcher.click();
  await expect.poll(() => said.join('\n')).toContain('[alongside] partBlocked');
  expect(await page.title()).toBe('Page');
  await expect(visitor.window).toBeHidden();
});

test(
  'a part that does not load with an agent is told, and comes by a press',
  alsoInJourneys,
  async ({ page }) => {
    let changed = 0;
    let isChanged = true;
    service.changeFile = (name, text) => {
      if (!/^(?:together|closing)-/.test(name) || !isChanged) return text;
      changed += 1;
      return `document.title = 'changed';${text}`;
    };
    const visitor = await talk(page);
    await expect(visitor.text('Something could not be loaded.')).toBeVisible();
    await visitor.say('You can be read all the same');
    await expect.poll(() => service.lines.at(-1)?.text).toBe('You can be read all the same');
    await visitor.button('End').click();
    await visitor.button('Back').click();
    await expect(visitor.composer).toBeVisible();
    // How often it was tried until here depends on what was told of the conversation meanwhile.
    const before = changed;
    service.askView();
    await expect.poll(() => changed).toBeGreaterThan(before);
    isChanged = false;
    await visitor.button('Try again').click();
    await visitor.agreeToShow();
    await expect.poll(() => service.command('view:grant')).toBeDefined();
    await expect(visitor.text('Something could not be loaded.')).toBeHidden();
    expect(await page.title()).toBe('Page');
  },
);

test('stays within reach while the page shows a modal dialog, and when a script removes it', async ({
  page,
}) => {
  service.pageBody += '<dialog id="modal"><p>Choose</p><button id="ok">OK</button></dialog>';
  const visitor = await talk(page);
  service.askView();
  await visitor.agreeToShow();
  await page.evaluate(() => document.querySelector<HTMLDialogElement>('#modal')?.showModal());
  await visitor.composer.click();
  await page.keyboard.type('still here');
  await expect(visitor.composer).toHaveValue('still here');
  await page.evaluate(() => {
    document.querySelector<HTMLDialogElement>('#modal')?.close();
    document.querySelector('alongside-help')?.remove();
  });
  await expect(visitor.composer).toHaveValue('still here');
  await visitor.stopSharing();
  await expect.poll(() => service.command('view:stop')).toBeDefined();
});

test('moves nothing of the page, whatever rules the page has', async ({ page }) => {
  service.pageBody +=
    '<style>* { position: static !important; display: block !important; margin: 40px !important }</style>';
  const boxes = () =>
    page.evaluate(() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]);
  await page.route(/loader\.js$/, (route) => route.abort());
  await page.goto(service.url());
  const before = await boxes();
  await page.unroute(/loader\.js$/);
  const visitor = await visit(page);
  await expect(visitor.launcher).toBeVisible();
  expect(await boxes()).toEqual(before);
});

test('a call that cannot be connected is explained, and the chat goes on', async ({ page }) => {
  const visitor = await talk(page);
  service.answers.set('call:join', () => ({ ok: false, refusal: { code: 'callsUnavailable' } }));
  service.answers.set('call:answer', () => {
    const call = {
      state: 'on',
      callId: 'call-1',
      since: Date.now(),
      visitorVoice: true,
      visitorVideo: false,
    };
    setImmediate(() => service.change({ call }, 'call:answered'));
    return { ok: true, value: {} };
  });
  service.askCall('video');
  await visitor.answer(/asks for a video call/, 'Yes, voice only');
  expect(service.command('call:answer')).toMatchObject({ accept: true, media: 'voice' });
  await expect(visitor.call).toContainText(/interrupted|Connecting/);
  await visitor.say('I can write');
  await expect.poll(() => service.lines.at(-1)?.text).toBe('I can write');
  await visitor.button('Hang up').click();
  await expect.poll(() => service.command('call:end')).toBeDefined();
  await expect(visitor.call).toBeHidden();
});

test('says what is wrong when the service is too new', async ({ page }) => {
  const visitor = await talk(page);
  service.refuseSockets = 'clientTooOld';
  service.dropSockets();
  await expect(visitor.state).toContainText('Please reload it');
});

test('leaves the queue', async ({ page }) => {
  const visitor = await visit(page);
  await visitor.openPanel();
  await visitor.start({ message: 'Hello' });
  await visitor.button('Leave the queue').click();
  await expect(visitor.host.getByRole('heading', { name: 'Your receipt' })).toBeVisible();
});

test('on a page that is no secure context the SDK refuses, with its reason', async ({
  playwright,
  launchOptions,
}) => {
  // A name that every browser takes for localhost would be a secure context without encryption, too.
  const args = [...(launchOptions.args ?? []), '--host-resolver-rules=MAP shop.test 127.0.0.1'];
  const browser = await playwright.chromium.launch({ ...launchOptions, args });
  try {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto(service.url('/', 'shop.test'));
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    await expect
      .poll(() => said.join('\n'))
      .toContain(
        `[alongside] insecureContext (http://shop.test:${service.port}): Nothing can be encrypted on this page`,
      );
    await expect(page.locator('alongside-help')).toHaveCount(0);
    expect(service.requests.some(({ path }) => path.startsWith('/v1/'))).toBe(false);
  } finally {
    await browser.close();
  }
});

test(
  'axe finds nothing, in the dark all of it and in the light the colours',
  alsoInJourneys,
  async ({ page }) => {
    const dark = { colorScheme: 'dark', reducedMotion: 'reduce' } as const;
    await page.emulateMedia(dark);
    const within = 'alongside-help';
    const check = async (what: string): Promise<void> => {
      await expectAccessible(page, what, { within, strict: true });
      await page.emulateMedia({ ...dark, colorScheme: 'light' });
      await expectAccessible(page, `${what}, in the light`, { within, scope: 'colours' });
      await page.emulateMedia(dark);
    };
    const refuse = (command: string, code: string) =>
      service.answers.set(command, () => ({ ok: false, refusal: { code } }));
    const visitor = await visit(page);
    await visitor.openPanel();
    await check('the notice');
    await visitor.start({ message: 'Hello' });
    await expect(visitor.text('You are in the queue')).toBeVisible();
    await check('waiting');
    service.accept();
    await visitor.expectConversation('Aki');
    service.say('Good day');
    service.setStorage('down');
    await visitor.say('Hello again');
    await expect(visitor.text('Not sent yet')).toBeVisible();
    await check('no storage');
    service.setStorage('up');
    refuse('call:start', 'callsUnavailable');
    await visitor.button('Start a voice call').click();
    await check('devices tried before a call');
    await visitor.button('Call now').click();
    await expect(visitor.host.getByRole('alert').filter({ hasText: 'Calls are not possible' })).toBeVisible();
    await check('a call that cannot begin');
    service.askView();
    await expect(visitor.question(/asks to see/)).toBeVisible();
    await check('a question');
    refuse('view:grant', 'askExpired');
    await expect(visitor.question(/asks to see/).locator('[data-armed="true"]')).toBeVisible();
    await visitor.button('Yes, show the page').click();
    await expect(visitor.text('The question is no longer open.')).toBeVisible();
    await check('an answer that came too late');
    service.answers.delete('view:grant');
    service.askView();
    await visitor.agreeToShow();
    service.askControl();
    await visitor.answer(/with their own hands/, 'Yes, for 2 minutes');
    await expect(visitor.lease).toBeVisible();
    await check('a lease');
    service.refuseSockets = 'internal';
    service.dropSockets();
    await expect(visitor.state).toContainText('No connection.', { timeout: 15_000 });
    await check('offline');
    service.refuseSockets = undefined;
    await expect(visitor.state).toBeHidden({ timeout: 15_000 });
    service.end('agent');
    await expect(visitor.text('How was it?')).toBeVisible();
    service.httpDown = true;
    await visitor.button('Skip').click();
    await expect(visitor.text('The receipt cannot be fetched')).toBeVisible();
    await check('a receipt that does not come');
    service.httpDown = false;
    await visitor.button('Try again').click();
    await expect(visitor.text(/saw your page/)).toBeVisible();
    await visitor.button('Delete conversation and answers').click();
    await check('asked whether to erase');
  },
);
