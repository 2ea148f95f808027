/** One visitor at the panel: what is begun, kept, found again and asked anew when the site has changed meanwhile. */

/// <reference path="../embedding/style-text.d.ts" />

import { setMaxListeners } from 'node:events';
import type { EngagementStart, RefusalCode, SiteConfig } from '@alongside/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { latest, sockets } from '../../../packages/protocol/test/fake-sockets.js';
import type { PanelParts } from '../embedding/panel-parts.js';
import { ReturnStore } from '../return/return-store.js';
import type { ClosingHost } from './closing/closing.js';
import { ClosingHttp } from './closing/closing-http.js';
import { currentQuestion } from './consent/question.js';
import { ReceiptController } from './data/receipt-controller.js';
import { en } from './messages/en.js';
import { PanelController } from './panel-controller.js';
import type { PanelDeps } from './panel-deps.js';
import type { PanelSheets } from './styles/panel-sheets.js';
import { PanelTogether } from './together/panel-together.js';
import type { TogetherHost } from './together/together.js';

vi.mock('./session/signal-socket.js', () => import('../../../packages/protocol/test/fake-sockets.js'));

const form = { message: 'What is APR?', name: '', topic: '' };
const configOf = (version: number, text: 'shown' | 'masked' = 'shown', masks: string[] = []): SiteConfig =>
  ({
    siteName: 'Hazel',
    staffed: true,
    maskingChangedAt: 0,
    notice: { version, language: 'en' },
    masking: { text, maskSelectors: masks, blockSelectors: [], allowSelectors: [], noControlSelectors: [] },
  }) as unknown as SiteConfig;

/** The service as its routes answer; what is begun stays there when the answer gets lost. */
class Service {
  config = configOf(1);
  begun = new Map<string, EngagementStart>();
  asked: string[] = [];
  reachable = true;
  tellsConfig = true;
  losesAnswers = false;
  refuses: RefusalCode | undefined;

  readonly fetch = async (url: string, request: RequestInit): Promise<Response> => {
    const path = new URL(url).pathname.split('/').slice(-1)[0] ?? '';
    if (!this.reachable || (path === 'config' && !this.tellsConfig)) throw new TypeError('no network');
    this.asked.push(path);
    if (path === 'config') return Response.json(this.config);
    if (path === 'engagements') return this.#begin(JSON.parse(String(request.body)));
    const headers = request.headers as Record<string, string>;
    const [id = ''] = (headers.authorization ?? '').replace('Alongside ', '').split('.');
    if (!this.begun.has(id)) return refusal('notAdmitted');
    return path === 'return' ? Response.json({ ...place, phase: 'waiting' }) : Response.json({ lines: [] });
  };

  #begin(start: EngagementStart): Response {
    if (this.refuses !== undefined) return refusal(this.refuses);
    if (start.noticeVersion !== this.config.notice.version) return refusal('conflict', 'noticeVersion');
    this.begun.set(start.engagementId, start);
    if (this.losesAnswers) throw new TypeError('the answer was lost');
    const { lineId, text } = start.firstLine;
    return Response.json({ ...place, firstLine: { number: 1, lineId, from: 'visitor', text, at: 1 } });
  }
}

const place = { ticket: 'ticket', liveUrl: 'http://live.test' };
const refusal = (code: RefusalCode, detail?: string): Response =>
  Response.json({ refusal: { code, ...(detail === undefined ? {} : { detail }) } }, { status: 409 });

let service: Service;
let page: EventTarget;
let cookie: string;
let shownRules: unknown[];

/** A page load: what lies in the browser's cookie outlives it. */
function load(config = service.config): PanelController {
  const returns = new ReturnStore({
    site: 'site_0123456789abcdefghijkl',
    hostname: 'shop.test',
    secure: true,
    jar: {
      read: () => cookie,
      write: (text) => {
        const [pair = ''] = text.split('; ');
        if (pair.includes('_probe=')) return;
        cookie = text.includes('Max-Age=0') ? '' : pair;
      },
    },
    tab: undefined,
    now: () => Date.now(),
  });
  const nothing = (): void => undefined;
  const sharing = async () => ({
    startSharing: async ({ policy }: { policy: unknown }) => {
      shownRules.push(policy);
      return { attach: async () => undefined, stop: nothing, detach: nothing, words: () => ({}) };
    },
  });
  const parts = { sharing, prefetchSharing: nothing };
  // Nothing is drawn in Node.
  const undrawn = {};
  const deps = {
    config,
    configAt: Date.now(),
    shadow: { host: {} },
    launcher: { showOpen: nothing, showUnread: nothing, focus: nothing },
    address: { service: 'https://service.test', site: 'site_0123456789abcdefghijkl' },
    returns,
    language: 'en',
    catalogue: en,
    later: {
      together: async () => ({
        startTogether: (host: TogetherHost) =>
          new PanelTogether(host, parts as unknown as PanelParts, undrawn as never),
      }),
      closing: async () => ({
        startClosing: (host: ClosingHost) => {
          const http = new ClosingHttp(host.http);
          const receipt = new ReceiptController(http, host);
          return { http, receipt, views: undrawn as never };
        },
      }),
    },
    fetch: service.fetch,
    details: { name: 'Mira' },
    emit: nothing,
    fail: nothing,
    onMinimise: nothing,
  };
  const sheets = { fill: nothing } as unknown as PanelSheets;
  const panel = new PanelController(deps as unknown as PanelDeps, sheets);
  panel.resume();
  return panel;
}

const view = (more: object = {}) => ({
  engagementId: [...service.begun.keys()][0],
  phase: 'active',
  version: 1,
  view: { state: 'off' },
  control: { leases: [] },
  call: { state: 'off' },
  agent: { displayName: 'Aki', connected: true },
  lastChatNumber: 1,
  ...more,
});
const opened = (more: object = {}) => ({
  pass: 'pass',
  now: Date.now(),
  calls: { state: 'ready' },
  storage: 'up',
  engagement: view(more),
});

beforeEach(() => {
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  page = new EventTarget();
  // More listen than Node takes for a leak.
  setMaxListeners(50, page);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal('navigator', { languages: ['en'] });
  vi.stubGlobal('sessionStorage', undefined);
  service = new Service();
  cookie = '';
  shownRules = [];
  sockets.length = 0;
});
afterEach(() => void vi.unstubAllGlobals());

describe('a notice that was renewed while the page was open', () => {
  it('is shown, with the draft still there, and what is sent then is sent under it', async () => {
    const panel = load();
    panel.first.message.value = form.message;
    service.config = configOf(2);
    await panel.first.send(form);
    expect(panel.site.config.value.notice.version).toBe(2);
    expect([panel.first.noticeRenewed.value, panel.first.progress.value]).toEqual([true, { state: 'idle' }]);
    expect([panel.first.message.value, service.begun.size, cookie]).toEqual([form.message, 0, '']);
    await panel.first.send(form);
    expect([...service.begun.values()]).toMatchObject([
      { noticeVersion: 2, firstLine: { text: form.message } },
    ]);
    expect([panel.screen.value, panel.first.noticeRenewed.value]).toEqual(['waiting', false]);
    panel.close();
  });

  it('is said to be out of reach where it cannot be fetched', async () => {
    const panel = load();
    service.config = configOf(2);
    service.tellsConfig = false;
    await panel.first.send(form);
    expect(panel.first.progress.value).toEqual({ state: 'failed', failure: 'unreachable' });
    expect(panel.first.noticeRenewed.value).toBe(false);
    panel.close();
  });
});

describe('what was begun', () => {
  it('is found again by the next page though its answer was lost', async () => {
    const page = load();
    page.first.message.value = form.message;
    service.losesAnswers = true;
    await page.first.send(form);
    expect(page.first.progress.value).toEqual({ state: 'failed', failure: 'unreachable' });
    page.close();
    const next = load();
    await vi.waitFor(() => expect(latest().auth.ticket).toBe('ticket'));
    latest().open(opened({ phase: 'waiting' }));
    expect([next.screen.value, next.engagement.value?.phase]).toEqual(['waiting', 'waiting']);
    next.close();
  });

  it('is found again when the panel is opened anew, and its form is empty then', async () => {
    const panel = load();
    panel.first.message.value = form.message;
    service.losesAnswers = true;
    await panel.first.send(form);
    panel.show();
    await vi.waitFor(() => expect(sockets).toHaveLength(1));
    latest().open(opened({ phase: 'waiting' }));
    expect([panel.screen.value, panel.first.message.value]).toEqual(['waiting', '']);
    panel.close();
  });

  it('leaves the draft where nothing has begun, and the same form begins once', async () => {
    const panel = load();
    panel.first.message.value = form.message;
    service.reachable = false;
    await panel.first.send(form);
    service.reachable = true;
    panel.show();
    await vi.waitFor(() => expect(service.asked).toContain('return'));
    await vi.waitFor(() => expect(panel.screen.value).toBe('start'));
    expect([panel.first.message.value, cookie]).toEqual([form.message, '']);
    await panel.first.send(form);
    expect([service.begun.size, panel.screen.value]).toEqual([1, 'waiting']);
    panel.close();
  });

  it.each(['invalid', 'wrongState', 'originNotAllowed'] as const)(
    'leaves nothing in the browser where it was refused as %s',
    async (code) => {
      const panel = load();
      service.refuses = code;
      await panel.first.send(form);
      expect([cookie, panel.first.progress.value]).toEqual(['', { state: 'failed', failure: code }]);
      panel.close();
    },
  );

  it('that was refused leaves another tab’s engagement where it is', async () => {
    const panel = load();
    const others = `alongside_01234567=0b9f1c1e-3f5c-4a5e-9a68-6a6a4c1d2e3f.${'s'.repeat(43)}`;
    cookie = others;
    service.refuses = 'invalid';
    await panel.first.send(form);
    expect(cookie).toBe(others);
    panel.close();
  });
});

/** A conversation that an agent has accepted. */
async function talk(): Promise<PanelController> {
  const panel = load();
  await panel.first.send(form);
  await vi.waitFor(() => expect(panel.together.part.value).toBeDefined());
  latest().open(opened());
  return panel;
}

describe('a page that was put away and is shown again', () => {
  const away = () => page.dispatchEvent(new Event('pagehide'));
  const back = () => page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  const idOf = () => cookie.split('=')[1]?.split('.')[0];

  it('goes on with the conversation it had', async () => {
    const panel = await talk();
    const before = panel.session.value;
    away();
    expect(latest().closed).toBe(true);
    back();
    await vi.waitFor(() => expect(sockets).toHaveLength(2));
    latest().open(opened({ version: 2 }));
    expect([panel.session.value, panel.screen.value]).toEqual([before, 'chat']);
    panel.close();
  });

  it('goes on with the one that another page has begun meanwhile, and leaves it its secret', async () => {
    const first = await talk();
    away();
    const second = load();
    second.forget();
    await second.first.send(form);
    const id = idOf();
    expect(id).not.toBe(first.session.value?.entry.engagementId);
    back();
    expect([first.session.value?.entry.engagementId, idOf()]).toEqual([id, id]);
    first.close();
    second.close();
  });

  it('finds the one that was begun when it had none', async () => {
    const first = load();
    away();
    const second = load();
    await second.first.send(form);
    back();
    expect(first.session.value?.entry.engagementId).toBe(idOf());
    first.close();
    second.close();
  });

  it('shows nothing of one that another page has forgotten meanwhile', async () => {
    const first = await talk();
    away();
    const second = load();
    second.leaveNothing();
    expect(cookie).not.toContain('alongside_');
    back();
    expect([first.session.value, first.screen.value]).toEqual([undefined, 'start']);
    expect(sockets.filter(({ closed }) => !closed)).toEqual([]);
    expect(cookie).not.toContain('alongside_');
    first.close();
    second.close();
  });

  it('takes nobody else’s secret away with what has ended in it', async () => {
    const first = await talk();
    const second = load();
    second.forget();
    await second.first.send(form);
    const id = idOf();
    first.forget();
    expect(idOf()).toBe(id);
    first.close();
    second.close();
  });

  it('asks before it is left only while a line is not sent yet', async () => {
    const panel = await talk();
    const leave = (): boolean => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(leave()).toBe(false);
    latest().answer = () => new Promise(() => undefined);
    panel.session.value?.say('half way');
    expect(leave()).toBe(true);
    panel.session.value?.withdraw(panel.session.value.unsent.value[0]?.lineId ?? ('' as never));
    expect(leave()).toBe(false);
    panel.close();
  });
});

describe('drafts', () => {
  it('outlive the window, and go with the conversation', async () => {
    const panel = load();
    panel.show();
    panel.first.message.value = 'half a sen';
    panel.minimise();
    panel.show();
    expect(panel.first.message.value).toBe('half a sen');
    await panel.first.send(form);
    expect(panel.first.message.value).toBe('');
    panel.lineDraft.value = 'another half';
    panel.showsData.value = true;
    panel.minimise();
    panel.show();
    expect(panel.lineDraft.value).toBe('another half');
    panel.surveyDraft.value = new Map([['overall', 4]]);
    panel.unread.value = 2;
    panel.announce('Aki says: over here.');
    panel.forget();
    expect([panel.lineDraft.value, panel.surveyDraft.value.size, panel.screen.value]).toEqual([
      '',
      0,
      'start',
    ]);
    expect([panel.unread.value, panel.announcement.value]).toEqual([0, '']);
    panel.close();
  });
});

describe('the receipt', () => {
  it('is left for a new conversation, or for none', async () => {
    const panel = await talk();
    panel.show();
    panel.forget();
    expect([panel.screen.value, panel.open.value, cookie]).toEqual(['start', true, '']);
    await panel.first.send(form);
    panel.forgetAndClose();
    expect([panel.screen.value, panel.open.value, cookie]).toEqual(['start', false, '']);
    panel.close();
  });
});

describe('a conversation that another tab has left for good', () => {
  it('is gone with its end, also beneath the survey', async () => {
    service.config = { ...configOf(1), survey: {} } as SiteConfig;
    const panel = await talk();
    service.begun.clear();
    latest().tell('session:ended', { reason: 'visitorEnded' });
    await vi.waitFor(() => expect(panel.screen.value).toBe('start'));
    expect([panel.session.value, panel.ended.value, cookie]).toEqual([undefined, undefined, '']);
    panel.close();
  });

  it('is gone when the tab comes to the front, where it had ended before', async () => {
    const panel = await talk();
    latest().tell('session:ended', { reason: 'visitorEnded' });
    await vi.waitFor(() => expect(panel.receipt.receipt.value.state).toBe('shown'));
    expect(panel.screen.value).toBe('receipt');
    service.begun.clear();
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.waitFor(() => expect(panel.screen.value).toBe('start'));
    panel.close();
  });
});

describe('a yes to showing the page', () => {
  const asked = { view: { state: 'asked', askId: 'a', kinds: [], expiresAt: Date.now() + 60_000 } };

  async function ask(): Promise<PanelController> {
    const panel = await talk();
    latest().tell('engagement:changed', {
      engagement: view({ ...asked, version: 2 }),
      because: 'view:asked',
    });
    return panel;
  }
  const yes = (panel: PanelController) => currentQuestion(panel)?.yes[0]?.give();
  const commands = () => latest().sent.map(({ name }) => name);
  const on = { state: 'on', entry: 3, since: 1, paused: false };
  const grant = () =>
    latest().tell('engagement:changed', {
      engagement: view({ view: on, version: 3 }),
      because: 'view:granted',
    });

  it('shows it under the rules that hold at that moment', async () => {
    const panel = await ask();
    service.config = configOf(1, 'shown', ['.salary']);
    expect(await yes(panel)).toBeUndefined();
    expect(commands()).toContain('view:grant');
    grant();
    await vi.waitFor(() => expect(shownRules).toMatchObject([[{ maskSelectors: ['.salary'] }]]));
    panel.close();
  });

  it('does not count where the rules cannot be had', async () => {
    const panel = await ask();
    service.reachable = false;
    expect(await yes(panel)).toBe('unreachable');
    expect(commands()).not.toContain('view:grant');
    panel.close();
  });

  it('does not count for another sentence than the one that was read, which then stands there', async () => {
    const panel = await ask();
    const before = currentQuestion(panel)?.texts;
    service.config = configOf(1, 'masked');
    expect(await yes(panel)).toBe('rulesChanged');
    expect(commands()).not.toContain('view:grant');
    expect(currentQuestion(panel)?.texts).not.toEqual(before);
    expect(await yes(panel)).toBeUndefined();
    expect(commands()).toContain('view:grant');
    panel.close();
  });

  it('that was given in another tab shows this one under rules of at most a minute ago', async () => {
    const panel = await talk();
    const loadedAt = Date.now();
    service.config = configOf(1, 'masked', ['.salary']);
    const clock = vi.spyOn(Date, 'now').mockReturnValue(loadedAt + 3_600_000);
    grant();
    await vi.waitFor(() =>
      expect(shownRules).toMatchObject([[{ text: 'masked', maskSelectors: ['.salary'] }]]),
    );
    clock.mockRestore();
    panel.close();
  });
});
