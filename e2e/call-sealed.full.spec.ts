/** Calls that are sealed from end to end: both sides hear and see, and whoever has no keys gets noise that no decoder takes. */

import type { SiteShown } from '@alongside/protocol';
import type { Locator, Page } from '@playwright/test';
import type { AgentPage } from './agent/agent-page.js';
import { t } from './agent/console-words.js';
import type { People } from './fixtures.js';
import { expect, test } from './fixtures.js';
import { expectDecoded, expectSound } from './journey/call-steps.js';
import { meet } from './journey/meet.js';
import { CustomerApi } from './service/customer-api.js';
import type { DemoSignIns } from './service/demo-sign-ins.js';
import { firstAgent } from './service/demo-sign-ins.js';
import type { Service } from './service/service.js';
import { editOf } from './service/site-edit.js';
import { followConnections } from './visitor/follow-connections.js';
import type { VisitorPage } from './visitor/visitor-page.js';

test.describe.configure({ timeout: 180_000 });
test.use({ serviceName: 'sealed calls' });

interface Scene {
  readonly people: People;
  readonly service: Service;
  readonly signIns: DemoSignIns;
}

interface Before {
  readonly name: string;
  readonly onAgent?: () => void;
  readonly onVisitor?: () => void;
}

/** Of a site whose calls are sealed, in browsers that may lack something. */
async function together({ people, service, signIns }: Scene, { name, onAgent, onVisitor }: Before) {
  const officer = await CustomerApi.signIn(service.origins.console, signIns.officer);
  const [site] = await officer.ask<readonly SiteShown[]>('GET', '/api/sites');
  if (site === undefined) throw new Error('The demo customer has a site.');
  await officer.ask('PUT', `/api/sites/${site.siteId}`, { ...editOf(site), mediaSealed: true });
  const agent = await people.agent(firstAgent(signIns));
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  for (const [{ page }, before] of [
    [agent, onAgent],
    [visitor, onVisitor],
  ] as const) {
    await page.addInitScript(followConnections);
    if (before !== undefined) await page.addInitScript(before);
    await page.reload();
  }
  await meet({ agent, visitor }, { name });
  return { agent, visitor };
}

interface Pair {
  readonly agent: AgentPage;
  readonly visitor: VisitorPage;
}

async function talk({ agent, visitor }: Pair): Promise<void> {
  await agent.button(t('call.askVideo')).click();
  await visitor.answer(/asks for a video call$/, 'Yes, with my picture');
}

async function expectBothHearAndSee({ agent, visitor }: Pair): Promise<void> {
  await expectSound(agent.voice, 'the agent hears the visitor');
  await expectSound(visitor.voice, 'the visitor hears the agent');
  await expectDecoded(agent.visitorPicture, 'the agent sees the visitor');
  await expectDecoded(visitor.agentPicture, 'the visitor sees the agent');
}

async function codeOf(note: Locator): Promise<string> {
  await expect(note).toContainText(/\d{3}\s\d{3}/, { timeout: 20_000 });
  return /\d{3}\s\d{3}/.exec((await note.textContent()) ?? '')?.[0] ?? '';
}

function sealNotes({ agent, visitor }: Pair): readonly [Locator, Locator] {
  return [agent.page.locator('.call-seal'), visitor.host.locator('.call-seal')];
}

async function expectSameCode(pair: Pair): Promise<string> {
  const [agents, visitors] = sealNotes(pair);
  const code = await codeOf(agents);
  expect(await codeOf(visitors), 'both see the same digits').toBe(code);
  return code;
}

test('both hear and see, with digits that are the same on both sides, and others after a page load', async ({
  people,
  service,
  signIns,
}) => {
  const pair = await together({ people, service, signIns }, { name: 'Sela' });
  await talk(pair);
  await expectBothHearAndSee(pair);
  const code = await expectSameCode(pair);
  const codecs = await codecsOf(pair.agent.page);
  expect(codecs.toSorted(), 'what else there is has no clear bytes that are known').toEqual([
    'audio/opus',
    'video/VP8',
  ]);
  // The page is gone, and all that it held with it: the next one joins by itself, and both agree anew.
  await pair.visitor.page.reload();
  await expectBothHearAndSee(pair);
  const [agents] = sealNotes(pair);
  await expect(agents, 'of the page before nothing is shown').not.toContainText(code);
  expect(await expectSameCode(pair)).not.toBe(code);
  await pair.visitor.end();
});

test('what comes is no picture to a decoder that is given it as it came', async ({
  people,
  service,
  signIns,
}) => {
  const pair = await together({ people, service, signIns }, { name: 'Sila', onAgent: openNothing });
  await talk(pair);
  await expectSound(pair.visitor.voice, 'the visitor, who has keys, hears the agent');
  await expectDecoded(pair.visitor.agentPicture, 'and sees them');
  await expectBytes(pair.agent.page);
  // Some decoders make noise of what is no picture; the cameras here are green.
  await expect.poll(() => greenOf(pair.visitor.agentPicture)).toBeGreaterThan(0.5);
  expect(await greenOf(pair.agent.visitorPicture)).toBeLessThan(0.05);
  await pair.visitor.end();
});

test('whoever is given no keys gets bytes, and neither picture nor sound', async ({
  people,
  service,
  signIns,
}) => {
  const pair = await together({ people, service, signIns }, { name: 'Silas', onAgent: takeNoKeys });
  await talk(pair);
  const received = await expectBytes(pair.agent.page);
  expect([received.pictures, received.energy], 'nothing seen, and nothing heard').toEqual([0, 0]);
  expect(await widthOf(pair.agent.visitorPicture)).toBe(0);
  const { sent } = await receivedBy(pair.agent.page);
  expect(sent, 'nor does anything leave without a key').toBe(0);
  await pair.visitor.end();
});

async function expectBytes(page: Page) {
  const begun = await receivedBy(page);
  const more = async () => {
    const { video, audio } = await receivedBy(page);
    return Math.min(video - begun.video - 50_000, audio - begun.audio - 2000);
  };
  await expect
    .poll(more, { message: 'picture and sound come in packets', timeout: 30_000 })
    .toBeGreaterThan(0);
  return receivedBy(page);
}

/** How much of the picture, if there is one, has the colour of what the camera shows. */
function greenOf(video: Locator): Promise<number> {
  return video.evaluate((element) => {
    const { videoWidth, videoHeight } = element as HTMLVideoElement;
    if (videoWidth === 0) return 0;
    const pen = new OffscreenCanvas(videoWidth, videoHeight).getContext('2d');
    pen?.drawImage(element as HTMLVideoElement, 0, 0);
    const { data = [] } = pen?.getImageData(0, 0, videoWidth, videoHeight) ?? {};
    let green = 0;
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, own = 0, blue = 0] = data.slice(at, at + 3);
      if (own > 90 && red < 60 && blue < 60) green += 1;
    }
    return (4 * green) / data.length;
  });
}

function widthOf(video: Locator): Promise<number> {
  return video.evaluate((element) => (element as HTMLVideoElement).videoWidth);
}

test('a browser with the older way of changing frames takes part', async ({ people, service, signIns }) => {
  const pair = await together({ people, service, signIns }, { name: 'Sola', onVisitor: onlyOlderWay });
  await talk(pair);
  await expectBothHearAndSee(pair);
  await expectSameCode(pair);
  await pair.visitor.end();
});

test('a browser with neither way stays out, says so, and sends nothing', async ({
  people,
  service,
  signIns,
}) => {
  const pair = await together({ people, service, signIns }, { name: 'Sula', onVisitor: noWay });
  await talk(pair);
  await expect(pair.visitor.call).toContainText(/Calls here are encrypted; this browser/, {
    timeout: 20_000,
  });
  await expect(pair.agent.voice).toHaveCount(0);
  await expect(pair.agent.visitorPicture).toHaveCount(0);
  expect(await pair.visitor.page.evaluate(() => (window.connectionsOfTest ?? []).length)).toBe(0);
  const line = 'I can still write';
  await pair.visitor.say(line);
  await expect(pair.agent.line(line)).toBeVisible();
});

/** What comes goes to the decoder as it came. */
function openNothing(): void {
  Object.defineProperty(RTCRtpReceiver.prototype, 'transform', { set: () => undefined, get: () => null });
}

/** The worker never hears of an epoch. */
function takeNoKeys(): void {
  const { postMessage } = Worker.prototype;
  Reflect.set(Worker.prototype, 'postMessage', function (this: Worker, ...given: readonly unknown[]): void {
    const [order] = given;
    const holds = typeof order === 'object' && order !== null && 'hold' in order;
    if (!holds) Reflect.apply(postMessage, this, given);
  });
}

function onlyOlderWay(): void {
  Reflect.deleteProperty(globalThis, 'RTCRtpScriptTransform');
}

function noWay(): void {
  Reflect.deleteProperty(globalThis, 'RTCRtpScriptTransform');
  Reflect.deleteProperty(RTCRtpSender.prototype, 'createEncodedStreams');
}

interface Entry {
  readonly type: string;
  readonly id: string;
  readonly kind?: string;
  readonly mimeType?: string;
  readonly bytesReceived?: number;
  readonly framesDecoded?: number;
  readonly totalAudioEnergy?: number;
  readonly packetsSent?: number;
}

async function entriesOf(page: Page): Promise<readonly Entry[]> {
  return page.evaluate(async () => {
    const reports = await Promise.all((window.connectionsOfTest ?? []).map((each) => each.getStats()));
    return reports.flatMap((report) => [...report.values()]);
  });
}

async function receivedBy(page: Page) {
  const entries = await entriesOf(page);
  const inbound = entries.filter(({ type }) => type === 'inbound-rtp');
  const sum = (kind: string, read: (entry: Entry) => number | undefined): number =>
    inbound.filter((entry) => entry.kind === kind).reduce((total, entry) => total + (read(entry) ?? 0), 0);
  return {
    video: sum('video', ({ bytesReceived }) => bytesReceived),
    audio: sum('audio', ({ bytesReceived }) => bytesReceived),
    pictures: sum('video', ({ framesDecoded }) => framesDecoded),
    energy: sum('audio', ({ totalAudioEnergy }) => totalAudioEnergy),
    sent: entries
      .filter(({ type }) => type === 'outbound-rtp')
      .reduce((total, { packetsSent }) => total + (packetsSent ?? 0), 0),
  };
}

async function codecsOf(page: Page): Promise<readonly string[]> {
  const codecs = (await entriesOf(page)).filter(({ type }) => type === 'codec');
  const named = codecs.flatMap(({ mimeType }) => mimeType ?? []).filter((name) => !name.endsWith('/rtx'));
  return [...new Set(named)];
}
