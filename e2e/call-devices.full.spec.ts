/** A call's devices: tried before it, changed and mended in it, heard or silent by a key, and how the call fares. */

import type { Locator, Page } from '@playwright/test';
import type { AgentPage } from './agent/agent-page.js';
import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { expectDecoded, expectSound } from './journey/call-steps.js';
import { meet, type Place, share, talk } from './journey/meet.js';
import { CustomerApi } from './service/customer-api.js';
import { firstAgent } from './service/demo-sign-ins.js';
import { VisitorPage } from './visitor/visitor-page.js';

const FAKE_DEVICES = '--use-fake-device-for-media-stream';
/** Of Chromium's own, the second one gives depth, which no encoder takes, and the fourth a picture as the first does. */
const CAMERAS = 4;

test.describe.configure({ timeout: 180_000 });
test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const args = (launchOptions.args ?? []).filter((each) => each !== FAKE_DEVICES);
    await use({ ...launchOptions, args: [...args, `${FAKE_DEVICES}=device-count=${CAMERAS}`] });
  },
});

/** What the page under test keeps for these tests, put there before it begins. */
interface Observed {
  readonly tracks: MediaStreamTrack[];
  readonly peers: RTCPeerConnection[];
  descriptions: string[];
  /** Of the next wish for a device; none is as the browser has it. */
  fault: string | undefined;
  /** The ids of those that another program has; the one that the browser takes by itself has none. */
  busy: readonly string[];
  /** How often a sound of its own was begun. */
  rung: number;
}
declare global {
  var observed: Observed;
}

function observe(): void {
  globalThis.observed = { tracks: [], peers: [], descriptions: [], fault: undefined, busy: [], rung: 0 };
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (...when) {
    globalThis.observed.rung += 1;
    return start.apply(this, when);
  };
  const devices = navigator.mediaDevices;
  const open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wish) => {
    const { fault, tracks, busy } = globalThis.observed;
    if (fault !== undefined) throw new DOMException('No', fault);
    const stream = await open(wish);
    const { deviceId } = (wish?.audio ?? wish?.video ?? {}) as {
      readonly deviceId?: { readonly exact: string };
    };
    if (busy.includes(deviceId?.exact ?? '')) {
      for (const track of stream.getTracks()) track.stop();
      throw new DOMException('No', 'NotReadableError');
    }
    tracks.push(...stream.getTracks());
    return stream;
  };
  const Peer = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Peer {
    constructor(...given: ConstructorParameters<typeof Peer>) {
      super(...given);
      globalThis.observed.peers.push(this);
    }
    override async setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void> {
      await super.setLocalDescription(description);
      globalThis.observed.descriptions.push(this.localDescription?.sdp ?? '');
    }
  };
}

interface Scene extends Place {
  readonly name: string;
}

async function together({ people, service, signIns, name }: Scene) {
  const agent = await people.agent(firstAgent(signIns));
  await agent.page.addInitScript(observe);
  await agent.page.reload();
  const context = await people.context();
  await context.addInitScript(observe);
  await VisitorPage.prepare(context);
  const page = await context.newPage();
  await page.goto(`${service.origins.shop}/products/alder`);
  const visitor = new VisitorPage(page);
  await meet({ agent, visitor }, { name });
  return { agent, visitor };
}

async function call({ agent, visitor }: { readonly agent: AgentPage; readonly visitor: VisitorPage }) {
  await agent.button(t('call.askVideo')).click();
  await expectRung(visitor.page);
  await visitor.answer(/asks for a video call$/, 'Yes, with my picture');
  await expect(visitor.call).toHaveAttribute('data-phase', 'on', { timeout: 20_000 });
  await expectDecoded(agent.visitorPicture, 'the agent sees the visitor');
  await expectDecoded(visitor.agentPicture, 'the visitor sees the agent');
  await expectSound(agent.voice, 'the agent hears the visitor');
}

test('devices are tried before a call, and nothing of it leaves before', async ({
  people,
  service,
  signIns,
}) => {
  const name = 'Mira who tries';
  const { agent, visitor } = await together({ people, service, signIns, name });
  await visitor.button('Start a voice call').click();
  await expect(visitor.text('Your microphone works.')).toBeVisible({ timeout: 20_000 });
  await visitor.button('Camera on').click();
  await expectDecoded(
    visitor.host.locator('video[aria-label="Your picture"]'),
    'the visitor sees themselves',
  );
  await pickOther(visitor.page, visitor.host.getByRole('combobox', { name: 'Camera', exact: true }));
  await expectDecoded(
    visitor.host.locator('video[aria-label="Your picture"]'),
    'the visitor sees themselves by the other camera',
  );
  await visitor.button('Play a test sound').click();
  await expect(visitor.text(/If you heard nothing/)).toBeVisible();
  expect(await visitor.page.evaluate(() => globalThis.observed.peers.length)).toBe(0);
  await expect(agent.button(t('call.acceptVoice'))).toBeHidden();
  await visitor.button('Camera off').click();
  expect(await agent.page.evaluate(() => globalThis.observed.rung), 'nobody calls the agent yet').toBe(0);
  await visitor.button('Call now').click();
  await expectRung(agent.page);
  await agent.button(t('call.acceptVoice')).click();
  await expectSound(agent.voice, 'the agent hears the visitor');
  await agent.button(t('devices.title')).click();
  const loudspeaker = agent.page.getByRole('combobox', { name: t('devices.loudspeaker') });
  await loudspeaker.selectOption({ index: 2 });
  const picked = await loudspeaker.inputValue();
  const sinkOf = () => agent.voice.first().evaluate((audio: HTMLAudioElement) => audio.sinkId);
  await expect.poll(sinkOf, 'the visitor is heard by the one that was picked').toBe(picked);
  await expectSound(agent.voice, 'the agent goes on hearing the visitor');
  await agent.button(t('devices.title')).click();
  await expect(agent.visitorPicture).toBeHidden();
  await visitor.button('Camera on').click();
  await expectDecoded(agent.visitorPicture, 'the agent sees the visitor');
  // One microphone and two cameras were opened for the trial, and one since: the microphone is the one that was tried.
  const kinds = await visitor.page.evaluate(() => globalThis.observed.tracks.map(({ kind }) => kind));
  expect(kinds).toEqual(['audio', 'video', 'video', 'video']);
  const api = await CustomerApi.signIn(service.origins.console, signIns.officer);
  const facts = await api.factsOf(agent.engagementId);
  const granted = facts.filter(({ kind, fields }) => kind === 'consent' && fields.act === 'granted');
  expect(granted.map(({ fields }) => fields.scope)).toEqual(['voice', 'video']);
  await visitor.end();
});

async function expectRung(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => globalThis.observed.rung)).toBeGreaterThan(0);
}

test('a device that another program has is exchanged for one that works, and costs none that does', async ({
  people,
  service,
  signIns,
}) => {
  const { agent, visitor } = await together({ people, service, signIns, name: 'Mira whose device is busy' });
  const picked = (place: Locator) => place.getByRole('combobox', { name: 'Microphone', exact: true });
  const busy = (page: Page, ids: readonly string[]) =>
    page.evaluate((taken) => {
      globalThis.observed.busy = taken;
    }, ids);
  const ids = async (picker: Locator) => {
    await expect(picker).toBeVisible();
    const options = picker.locator('option:enabled');
    return options.evaluateAll((all) => all.map((each) => each.getAttribute('value') ?? ''));
  };
  const isBusy = visitor.host
    .getByRole('alert')
    .filter({ hasText: 'Another program is using the microphone' });
  await busy(visitor.page, ['']);
  await visitor.button('Start a voice call').click();
  await expect(isBusy).toBeVisible();
  const other = (await ids(picked(visitor.host)))[1] ?? '';
  await picked(visitor.host).selectOption(other);
  await expect(isBusy).toBeHidden();
  await expect(visitor.text('Your microphone works.')).toBeVisible({ timeout: 20_000 });
  await visitor.button('Call now').click();
  await agent.button(t('call.acceptVoice')).click();
  await expectSound(agent.voice, 'the agent hears the visitor by the other one');

  await visitor.button('Microphone, camera and sound').click();
  await agent.button(t('devices.title')).click();
  for (const { place, page, words, voice } of [
    {
      place: visitor.host,
      page: visitor.page,
      words: /^The one you picked cannot be used/,
      voice: agent.voice,
    },
    {
      place: agent.page.locator('body'),
      page: agent.page,
      words: t('devices.refused'),
      voice: visitor.voice,
    },
  ]) {
    const picker = picked(place);
    const used = await picker.inputValue();
    const taken = (await ids(picker)).find((id) => id !== used) ?? '';
    await busy(page, [taken]);
    await picker.selectOption(taken);
    await expect(place.getByText(words)).toBeVisible();
    await expect(picker).toHaveValue(used);
    await expectSound(voice, 'it is heard as before');
  }
  await visitor.end();
});

test('a device that is unplugged is told of and mended in the same call, without negotiating', async ({
  people,
  service,
  signIns,
}) => {
  const { agent, visitor } = await together({ people, service, signIns, name: 'Mira unplugged' });
  await call({ agent, visitor });
  const { page } = visitor;
  const before = await page.evaluate(() => globalThis.observed.descriptions.length);
  for (const [kind, missing] of [
    ['audio', /^Your microphone is no longer connected/],
    ['video', /^Your camera is no longer connected/],
  ] as const) {
    await page.evaluate((each) => {
      globalThis.observed.fault = 'NotFoundError';
      const track = globalThis.observed.tracks.findLast(
        ({ kind, readyState }) => kind === each && readyState === 'live',
      );
      track?.stop();
      track?.dispatchEvent(new Event('ended'));
    }, kind);
    await expect(visitor.host.getByRole('alert').filter({ hasText: missing })).toBeVisible();
    await expect(visitor.call).toHaveAttribute('data-phase', 'on');
    await page.evaluate(() => {
      globalThis.observed.fault = undefined;
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    await expect(visitor.host.getByRole('alert').filter({ hasText: missing })).toBeHidden();
  }
  await expectSound(agent.voice, 'the agent hears the visitor again');
  await expectDecoded(agent.visitorPicture, 'the agent sees the visitor again');
  expect(await page.evaluate(() => globalThis.observed.descriptions.length)).toBe(before);
  await visitor.end();
});

test('voice and picture are sent to be borne by any network, changed in the stream, and never over the page', async ({
  people,
  service,
  signIns,
}) => {
  const { agent, visitor } = await together({ people, service, signIns, name: 'Mira who changes' });
  await share({ agent, visitor });
  await call({ agent, visitor });
  const { page } = visitor;
  const sdp = await page.evaluate(() => globalThis.observed.descriptions.join('\n'));
  expect(sdp).toMatch(/a=simulcast:send /);
  expect(await page.evaluate(sentParameters)).toEqual({ audio: 1, video: 2, audioPriority: 'high' });
  const remote = await page.evaluate(() =>
    globalThis.observed.peers.map(({ remoteDescription }) => remoteDescription?.sdp ?? '').join('\n'),
  );
  expect(remote).toMatch(/useinbandfec=1/);
  expect(remote).toMatch(/usedtx=1/);

  const descriptions = await page.evaluate(() => globalThis.observed.descriptions.length);
  const ofAgent = await agent.page.evaluate(() => globalThis.observed.descriptions.length);
  await visitor.button('Microphone, camera and sound').click();
  await pickOther(page, visitor.host.getByRole('combobox', { name: 'Camera', exact: true }));
  await expectDecoded(agent.visitorPicture, 'the agent sees the other camera');
  // Below the pictures: while they are looked at the agent's is scrolled away, and not sent.
  await visitor.button('Microphone, camera and sound').click();
  await agent.button(t('devices.title')).click();
  await pickOther(agent.page, agent.page.getByRole('combobox', { name: t('devices.camera'), exact: true }));
  await expectDecoded(visitor.agentPicture, 'the visitor sees the other camera');
  expect(await page.evaluate(() => globalThis.observed.descriptions.length)).toBe(descriptions);
  expect(await agent.page.evaluate(() => globalThis.observed.descriptions.length)).toBe(ofAgent);

  const boxes = await Promise.all(
    ['.call-pictures', '.engagement-page'].map((selector) => agent.page.locator(selector).boundingBox()),
  );
  const [pictures, shown] = boxes;
  if (pictures == null || shown == null) throw new Error('The call and the page are both on the screen.');
  const covers =
    pictures.x < shown.x + shown.width &&
    shown.x < pictures.x + pictures.width &&
    pictures.y < shown.y + shown.height &&
    shown.y < pictures.y + pictures.height;
  expect(covers).toBe(false);

  // A picture that nobody sees is not sent, and comes back with the window.
  await visitor.button(/^Close panel/).click();
  await expect.poll(() => videoBytesIn(page, 1000), { timeout: 20_000 }).toBe(0);
  await visitor.openPanelIfClosed();
  await expectDecoded(visitor.agentPicture, 'the visitor sees the agent again');

  // Nor is one in a tab that nobody looks at.
  await page.evaluate(hidePage, true);
  await expect.poll(() => videoBytesIn(page, 1000), { timeout: 20_000 }).toBe(0);
  await page.evaluate(hidePage, false);
  await expectDecoded(visitor.agentPicture, 'the visitor sees the agent again in the tab');
  await visitor.end();
});

test('a held key turns a microphone over, and the system silences one, on either side', async ({
  people,
  service,
  signIns,
}) => {
  const { agent, visitor } = await together({ people, service, signIns, name: 'Mira who holds' });
  await talk({ agent, visitor });
  await expectSound(agent.voice, 'the agent hears the visitor');
  await agent.page.keyboard.down('Alt');
  await agent.page.keyboard.down('KeyM');
  await expect(visitor.call).toContainText(/ is muted/);
  await agent.page.keyboard.up('KeyM');
  await agent.page.keyboard.up('Alt');
  await expect(visitor.call).not.toContainText(/ is muted/);

  await agent.page.evaluate(hold, true);
  await expect(visitor.call).toContainText(/ is muted/);
  await expect(agent.page.getByText(t('call.microphone.held'))).toBeVisible();
  await agent.page.evaluate(hold, false);
  await expect(visitor.call).not.toContainText(/ is muted/);
  await expect(agent.page.getByText(t('call.microphone.held'))).toBeHidden();
  await visitor.page.evaluate(hold, true);
  await expect(agent.callState).toContainText(t('call.visitorMuted'));
  await expect(visitor.text(/^Your microphone is silenced/)).toBeVisible();
  await visitor.page.evaluate(hold, false);
  await expect(agent.callState).not.toContainText(t('call.visitorMuted'));
  await expect(visitor.text(/^Your microphone is silenced/)).toBeHidden();

  await visitor.button('Mute').click();
  await expect(agent.callState).toContainText(t('call.visitorMuted'));
  await visitor.page.keyboard.down('Alt');
  await visitor.page.keyboard.down('KeyM');
  await expect(agent.callState).not.toContainText(t('call.visitorMuted'));
  await visitor.page.keyboard.up('Alt');
  await visitor.page.keyboard.up('KeyM');
  await expect(agent.callState).toContainText(t('call.visitorMuted'));
  await visitor.end();
});

/** As a headset's switch does, and whatever else is no press in the page. */
function hold(isHeld: boolean): void {
  for (const track of globalThis.observed.tracks.filter(({ kind }) => kind === 'audio')) {
    Object.defineProperty(track, 'muted', { configurable: true, value: isHeld });
    track.dispatchEvent(new Event(isHeld ? 'mute' : 'unmute'));
  }
}

test('both sides see how the call fares, who speaks is told, and numbers of it are kept', async ({
  people,
  service,
  signIns,
}) => {
  const { agent, visitor } = await together({ people, service, signIns, name: 'Mira measured' });
  await call({ agent, visitor });
  await expect(visitor.host.locator('.quality[data-grade]')).toBeVisible({ timeout: 30_000 });
  await expect(agent.page.locator('.health-side[data-side="ours"]')).toBeVisible({ timeout: 30_000 });
  await expect(agent.page.locator('.health-side[data-side="theirs"]')).toBeVisible({ timeout: 30_000 });
  // The fake microphone beeps once a second.
  await expect(visitor.host.locator('.speaks')).toHaveText(/ speaks$/, { timeout: 20_000 });
  const { engagementId } = agent;
  const api = await CustomerApi.signIn(service.origins.console, signIns.officer);
  const samples = async () => (await api.factsOf(engagementId)).filter(({ kind }) => kind === 'callSample');
  await expect
    .poll(async () => new Set((await samples()).map(({ fields }) => fields.role)), { timeout: 30_000 })
    .toEqual(new Set(['visitor', 'lead']));
  for (const { fields } of await samples()) {
    const { role, agentId, ...figures } = fields;
    expect(agentId !== undefined, 'an agent is named by their number').toBe(role === 'lead');
    expect(Object.values(figures).every((value) => typeof value === 'number')).toBe(true);
  }
  await visitor.end();
});

/** The device that is not in use; it is, once the page has opened it. */
async function pickOther(page: Page, picker: Locator): Promise<void> {
  const used = await picker.inputValue();
  const known = await picker
    .locator('option')
    .evaluateAll((all) => all.map((each) => each.getAttribute('value')));
  const other = known.findLast((id) => id !== used) ?? '';
  expect([known.length, other]).toEqual([CAMERAS, expect.stringMatching(/./)]);
  await picker.selectOption(other);
  const opened = () =>
    page.evaluate(
      () => globalThis.observed.tracks.findLast((track) => track.kind === 'video')?.getSettings().deviceId,
    );
  await expect.poll(opened).toBe(other);
  const kept = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]);
  expect(await page.evaluate(kept), 'it is remembered in memory alone').not.toContain(other);
}

/** Runs in the page. */
function sentParameters() {
  const senders = globalThis.observed.peers.flatMap((peer) => peer.getSenders());
  const of = (kind: string) => {
    const sender = senders.find(({ track }) => track?.kind === kind);
    return sender?.getParameters().encodings ?? [];
  };
  return {
    audio: of('audio').length,
    video: of('video').length,
    audioPriority: of('audio')[0]?.networkPriority ?? of('audio')[0]?.priority,
  };
}

/** As a browser tells a page whose tab is behind another one. */
function hidePage(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** How many bytes of a picture come within this time. */
function videoBytesIn(page: Page, ms: number): Promise<number> {
  return page.evaluate(async (during) => {
    const count = async () => {
      const reports = await Promise.all(globalThis.observed.peers.map((peer) => peer.getStats()));
      return reports
        .flatMap((report) => [...report.values()])
        .filter((entry) => entry.type === 'inbound-rtp' && entry.kind === 'video')
        .reduce((sum, entry) => sum + (entry.bytesReceived as number), 0);
    };
    const before = await count();
    await new Promise((resolve) => setTimeout(resolve, during));
    return (await count()) - before;
  }, ms);
}

test('pictures are laid out as the agent likes, and never over the page that is shown', async ({
  people,
  service,
  signIns,
}) => {
  const { agent, visitor } = await together({ people, service, signIns, name: 'Mira laid out' });
  await share({ agent, visitor });
  await call({ agent, visitor });
  await agent.button(t('devices.title')).click();
  const choice = agent.page.getByRole('combobox', { name: t('layout.title'), exact: true });
  const pictures = agent.page.locator('.call-pictures');
  for (const layout of ['beside', 'large', 'corner'] as const) {
    await choice.selectOption(layout);
    await expect(pictures).toHaveAttribute('data-layout', layout);
    const boxes = await Promise.all(
      [pictures, agent.page.locator('iframe').first()].map((each) => each.boundingBox()),
    );
    const [over, page] = boxes;
    if (over === null || over === undefined || page === null || page === undefined)
      throw new Error('Both are shown.');
    const apart =
      over.x >= page.x + page.width ||
      over.x + over.width <= page.x ||
      over.y >= page.y + page.height ||
      over.y + over.height <= page.y;
    expect(apart, `${layout}: the pictures lie beside the page`).toBe(true);
    await expectDecoded(agent.visitorPicture, `${layout}: the visitor is seen`);
  }
  await choice.selectOption('voice');
  await expect(pictures).toHaveCount(0);
  await expectSound(agent.voice, 'the agent hears the visitor all the same');
  await visitor.end();
});

test('a picture floats in a window of its own, and closing that ends nothing, on either side', async ({
  people,
  service,
  signIns,
}) => {
  const { agent, visitor } = await together({ people, service, signIns, name: 'Mira afloat' });
  await call({ agent, visitor });
  for (const [picture, button] of [
    [visitor.agentPicture, visitor.button('Show in a small window of its own')],
    [agent.visitorPicture, agent.button(t('call.float'))],
  ] as const) {
    await picture.evaluate((video) => {
      for (const kind of ['enterpictureinpicture', 'leavepictureinpicture'])
        video.addEventListener(kind, () => video.setAttribute('data-float-of-test', kind));
    });
    await button.click();
    await expect(picture).toHaveAttribute('data-float-of-test', 'enterpictureinpicture');
    await expectDecoded(picture, 'it is seen in its window');
    await picture.evaluate((video) => video.ownerDocument.exitPictureInPicture());
    await expect(picture).toHaveAttribute('data-float-of-test', 'leavepictureinpicture');
    await expectDecoded(picture, 'it is seen in its place again');
  }
  await expect(visitor.call).toHaveAttribute('data-phase', 'on');
  await expectSound(agent.voice, 'the agent hears the visitor');
  await expectSound(visitor.voice, 'the visitor hears the agent');
  await visitor.end();
});

test('what a call takes is loaded by the visitor’s page once there is one to answer, and not before', async ({
  people,
  service,
  signIns,
}) => {
  const agent = await people.agent(firstAgent(signIns));
  const context = await people.context();
  await VisitorPage.prepare(context);
  const page = await context.newPage();
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  const ofCalls = () => loaded.filter((path) => path.startsWith('/sdk/v1/call-'));
  await page.goto(`${service.origins.shop}/products/alder`);
  const visitor = new VisitorPage(page);
  await meet({ agent, visitor }, { name: 'Mira who waits' });
  await share({ agent, visitor });
  await visitor.say('No call yet');
  await expect(agent.line('No call yet')).toBeVisible();
  expect(
    loaded.some((path) => path.startsWith('/sdk/v1/')),
    'other parts are loaded from there',
  ).toBe(true);
  expect(ofCalls()).toEqual([]);
  await agent.button(t('call.askVoice')).click();
  await expect(visitor.question(/asks to talk to you$/)).toBeVisible();
  await expect.poll(ofCalls).toEqual([expect.stringMatching(/^\/sdk\/v1\/call-/)]);
  await visitor.answer(/asks to talk to you$/, 'Yes, talk');
  await expectSound(agent.voice, 'the agent hears the visitor');
  await visitor.end();
});
