/** What the loader tells: a reason when it is new, and a person who has pressed when nothing comes of it. */

/// <reference path="../embedding/style-text.d.ts" />

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FailureReason } from '../embedding/public-api.js';
import type { SdkParts } from '../embedding/sdk-parts.js';
import type { ConfigAnswer } from '../embedding/site-client.js';
import type { PanelPart } from '../panel/panel.js';
import { AlongsideSdk } from './alongside-sdk.js';

const page = vi.hoisted(() => ({
  answers: [] as unknown[],
  told: [] as string[],
  left: [] as string[],
  hears: true,
  asked: [] as string[],
  troubles: [] as boolean[],
  press: (): void => undefined,
}));

// There is no page in Node: what the loader makes of its answers is looked at here, not how that is drawn.
vi.mock('./launcher.js', () => ({
  launcherStyles: '',
  Launcher: class {
    constructor(_shadow: unknown, _look: unknown, onPress: () => void) {
      page.press = onPress;
    }
    showBusy = () => undefined;
    showTrouble = (is: boolean) => void page.troubles.push(is);
  },
}));
vi.mock('../embedding/shadow-host.js', () => ({
  createShadowHost: () => ({ host: { remove: () => undefined } }),
}));
vi.mock('../embedding/site-client.js', () => ({
  pageFetch: undefined,
  fetchSiteConfig: async () => {
    page.asked.push('config');
    return page.answers.shift();
  },
  leaveForGood: async (_: unknown, { secret }: { secret: string }) => {
    page.asked.push('leave');
    if (page.hears) page.left.push(secret);
    return page.hears;
  },
}));
vi.mock('../embedding/page-console.js', () => ({
  explainFailure: (reason: string) => void page.told.push(reason),
}));

let window: EventTarget;
const refused = (reason: FailureReason): ConfigAnswer => ({ ok: false, reason });
const configured = { ok: true, config: { notice: { language: 'en' }, staffed: true } };

function start(panel: () => Promise<PanelPart> = () => new Promise(() => undefined)): FailureReason[] {
  const failed: FailureReason[] = [];
  const sdk = new AlongsideSdk({ panel } as unknown as SdkParts, 'https://service.test');
  sdk.on('failed', ({ reason }) => void failed.push(reason));
  sdk.start({ site: 'site_0123456789abcdefghijkl' });
  return failed;
}
const minute = () => vi.advanceTimersByTimeAsync(60_001);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('document', { documentElement: { lang: 'en' }, cookie: '' });
  vi.stubGlobal('navigator', { languages: ['en'] });
  vi.stubGlobal('location', { origin: 'https://shop.test', hostname: 'shop.test', protocol: 'https:' });
  vi.stubGlobal('sessionStorage', undefined);
  window = new EventTarget();
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
  page.answers = [];
  page.told = [];
  page.troubles = [];
  page.asked = [];
  page.hears = true;
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('why it does not work', () => {
  it('is told once while it stays the same', async () => {
    page.answers = [refused('serviceUnreachable'), refused('serviceUnreachable'), configured];
    const failed = start();
    await minute();
    await minute();
    expect([page.told, failed]).toEqual([['serviceUnreachable'], ['serviceUnreachable']]);
  });

  it.each(['originNotAllowed', 'siteUnknown'] as const)(
    'is told again when it turns out to be %s',
    async (reason) => {
      page.answers = [refused('serviceUnreachable'), refused('serviceUnreachable'), refused(reason)];
      const failed = start();
      await minute();
      await minute();
      expect(page.told).toEqual(['serviceUnreachable', reason]);
      expect(failed).toEqual(['serviceUnreachable', reason]);
      await minute();
      expect(page.answers).toEqual([]);
    },
  );
});

describe('a page that is shown again out of the browser’s memory', () => {
  it('goes on with what another page has begun meanwhile, and loads nothing for no reason', async () => {
    const visitor = { documentElement: { lang: 'en' }, cookie: '' };
    vi.stubGlobal('document', visitor);
    page.answers = [{ ...configured, config: { ...configured.config, cookieDomain: undefined } }];
    let loads = 0;
    start(async () => {
      loads += 1;
      return { startPanel: () => ({}) } as unknown as PanelPart;
    });
    await vi.advanceTimersByTimeAsync(1);
    window.dispatchEvent(new Event('pageshow'));
    await vi.advanceTimersByTimeAsync(1);
    expect(loads).toBe(0);
    visitor.cookie = `alongside_01234567=0b9f1c1e-3f5c-4a5e-9a68-6a6a4c1d2e3f.${'s'.repeat(43)}`;
    window.dispatchEvent(new Event('pageshow'));
    await vi.advanceTimersByTimeAsync(1);
    expect(loads).toBe(1);
  });
});

it('tells an application that names no service so, and not that its key were wrong', () => {
  const failed: FailureReason[] = [];
  const sdk = new AlongsideSdk({} as SdkParts);
  sdk.on('failed', ({ reason }) => void failed.push(reason));
  sdk.start({ site: 'site_0123456789abcdefghijkl' });
  sdk.start({ site: 'site_' });
  expect(failed).toEqual(['serviceMissing', 'siteKeyMissing']);
});

describe('somebody else at the browser', () => {
  const secret = `0b9f1c1e-3f5c-4a5e-9a68-6a6a4c1d2e3f.${'s'.repeat(43)}`;
  const site = { site: 'site_0123456789abcdefghijkl' };
  let cookies: string[];
  let told: string[];

  function begin(): AlongsideSdk {
    page.answers = [{ ...configured, config: { ...configured.config, cookieDomain: 'shop.test' } }];
    const part = {
      startPanel: () => {
        told.push('start');
        return { reset: () => void told.push('reset'), close: () => undefined };
      },
    } as unknown as PanelPart;
    return new AlongsideSdk({ panel: async () => part } as unknown as SdkParts, 'https://service.test');
  }
  const later = () => vi.advanceTimersByTimeAsync(1);

  beforeEach(() => {
    cookies = [];
    told = [];
    page.left = [];
    // A cookie of a domain goes by its domain alone.
    const isGone = () => cookies.some((each) => /Max-Age=0; Domain=shop.test/.test(each));
    vi.stubGlobal('document', {
      documentElement: { lang: 'en' },
      get cookie() {
        return isGone() ? '' : `alongside_01234567=${secret}`;
      },
      set cookie(text: string) {
        cookies.push(text);
      },
    });
  });

  /** The service, whether or not there is a panel here: no other tab finds anything with the secret either. */
  afterEach(() => expect(page.left).toEqual(['s'.repeat(43)]));

  it('finds nothing of a conversation here', async () => {
    const sdk = begin();
    sdk.start(site);
    await later();
    sdk.reset();
    expect(cookies).toContainEqual(expect.stringMatching(/^alongside_01234567=;.*Max-Age=0/));
    await later();
    expect(told).toEqual(['start', 'reset']);
  });

  it.each(['before the start', 'before the answer'])('finds nothing of it, told %s', async (when) => {
    const sdk = begin();
    if (when === 'before the start') sdk.reset();
    sdk.start(site);
    if (when !== 'before the start') sdk.reset();
    await later();
    expect([document.cookie, told]).toEqual(['', []]);
  });

  it('finds nothing of it after a stop', async () => {
    const sdk = begin();
    sdk.start(site);
    await later();
    sdk.stop();
    sdk.reset();
    expect(document.cookie).toBe('');
  });
});

describe('a conversation that was left without a network', () => {
  const secret = 's'.repeat(43);
  const site = { site: 'site_0123456789abcdefghijkl' };
  const kept = new Map<string, string>();
  let sdk: AlongsideSdk;
  let heard: string[];
  const returnsWith = (own: string) =>
    kept.set('alongside_01234567', `0b9f1c1e-3f5c-4a5e-9a68-6a6a4c1d2e3f.${own}`);
  const load = () => {
    page.answers = [{ ...configured, config: { ...configured.config, cookieDomain: undefined } }];
    const sdk = new AlongsideSdk({} as unknown as SdkParts, 'https://service.test');
    sdk.start(site);
    return sdk;
  };

  beforeEach(async () => {
    kept.clear();
    vi.stubGlobal('document', {
      documentElement: { lang: 'en' },
      get cookie() {
        return [...kept].map(([name, value]) => `${name}=${value}`).join('; ');
      },
      set cookie(text: string) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
        if (text.includes('Max-Age=0')) kept.delete(name);
        else kept.set(name, value);
      },
    });
    page.left = [];
    page.hears = false;
    heard = [secret];
    sdk = load();
    returnsWith(secret);
    sdk.reset();
    await vi.advanceTimersByTimeAsync(1);
    expect([[...kept.keys()], page.left]).toEqual([['alongside_01234567_left'], []]);
    page.hears = true;
  });
  afterEach(() => expect([[...kept.keys()], page.left]).toEqual([[], heard]));

  it('is ended within a minute of when the service can hear of it, which hears of it once', async () => {
    page.hears = false;
    page.asked = [];
    await minute();
    expect(page.asked).toEqual(['leave']);
    page.hears = true;
    await minute();
    await minute();
    expect(page.asked).toEqual(['leave', 'leave']);
  });

  it('is ended even where it is left while the service hears of the one before', async () => {
    // After this it is on its way.
    vi.advanceTimersByTime(60_000);
    page.hears = false;
    returnsWith('t'.repeat(43));
    sdk.reset();
    await vi.advanceTimersByTimeAsync(1);
    page.hears = true;
    await minute();
    heard.push('t'.repeat(43));
  });

  it('is ended by the next page, before that asks for anything', async () => {
    page.asked = [];
    load();
    await vi.advanceTimersByTimeAsync(1);
    expect(page.asked).toEqual(['leave', 'config']);
  });
});

describe('a panel whose file does not load', () => {
  const opened: string[] = [];
  const part = {
    startPanel: () => ({ open: () => void opened.push('open') }),
  } as unknown as PanelPart;

  it('is told to whoever has pressed, and tried again by the next press', async () => {
    page.answers = [configured];
    let loads = 0;
    start(async () => {
      loads += 1;
      if (loads === 1) throw new Error('not found');
      return part;
    });
    await vi.advanceTimersByTimeAsync(1);
    page.press();
    await vi.advanceTimersByTimeAsync(1);
    expect([page.troubles, page.told]).toEqual([[false, true], ['partBlocked']]);
    page.press();
    await vi.advanceTimersByTimeAsync(1);
    expect([page.troubles, opened, loads]).toEqual([[false, true, false], ['open'], 2]);
  });

  it('is not told to a visitor who has pressed nothing', async () => {
    const secret = `0b9f1c1e-3f5c-4a5e-9a68-6a6a4c1d2e3f.${'s'.repeat(43)}`;
    vi.stubGlobal('document', { documentElement: { lang: 'en' }, cookie: `alongside_01234567=${secret}` });
    page.answers = [{ ...configured, config: { ...configured.config, cookieDomain: undefined } }];
    start(async () => Promise.reject(new Error('not found')));
    await vi.advanceTimersByTimeAsync(1);
    expect([page.troubles, page.told]).toEqual([[], ['partBlocked']]);
  });
});
