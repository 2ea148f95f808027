/**
 * Calls through our rooms and through bare mediasoup beside each other: the same streams of one browser, at the same
 * time, so that a slow second weighs on all arms alike. Every call is two parties who hear (and see) each other.
 */
import { callEncoding } from '../../packages/engagement/dist/call/call-encoding.js';
import { bundleText, launchChromium, servePages } from './browser-pages.mjs';
import { Child } from './child.mjs';

const ARMS = ['ours', 'bare', 'again'];
/** What a process does once after it has started, as tidying its memory, belongs to no call. */
const WARM_MS = 10_000;
/** Of what `callEncoding.camera` makes of a picture of 640 by 480. */
const WIDTHS = { small: 320, large: 640 };
/** A sender feels its way up to the larger one. */
const LARGE_MS = 30_000;

/**
 * @param {{ calls: number, video: boolean, shown?: 'small' | 'large', progress: (text: string) => void, first?: number }}
 * how Calls in each arm, how large a camera's picture is shown where it is sent in two sizes, and which of the arms
 * begins: whoever gets a burst's first packets wakes up more often for them.
 */
export async function openGround({ calls, video, shown, progress, first = 0 }) {
  const closing = [];
  const close = async () => {
    for (const each of closing.toReversed()) await each();
  };
  try {
    const children = {};
    for (const arm of ARMS) {
      children[arm] = await Child.start('sfu-process.mjs', { BENCH_ARM: arm });
      closing.push(() => children[arm].stop());
    }
    const script = await bundleText(PAGE);
    const pages = await servePages({
      '/': {
        type: 'text/html',
        text: '<!doctype html><meta charset="utf-8"><script src="/page.js"></script>',
      },
      '/page.js': { type: 'text/javascript', text: script },
    });
    closing.push(() => pages.close());
    const browser = await launchChromium();
    closing.push(() => browser.close());
    const page = await (await browser.newContext({ permissions: ['camera', 'microphone'] })).newPage();
    await page.exposeFunction('ask', async (arm, asked) => {
      const { value, failed } = await children[arm].ask(asked);
      if (failed !== undefined) throw new Error(failed);
      return value;
    });
    await page.goto(`http://localhost:${pages.port}/`);
    progress(`${calls} calls in each of ${ARMS.length} arms`);
    for (let call = 0; call < calls; call += 1) {
      for (let turn = 0; turn < ARMS.length; turn += 1) {
        const arm = ARMS[(first + call + turn) % ARMS.length];
        await page.evaluate((given) => window.call(given), {
          ...{ arm, call: `${call}`, video },
          ...(shown === undefined ? {} : { shown, camera: callEncoding.camera }),
        });
      }
    }
    await new Promise((resolve) => setTimeout(resolve, WARM_MS));
    if (shown !== undefined) await pictures(page, { width: WIDTHS[shown], count: 2 * calls * ARMS.length });
    return {
      close,
      measure: (ms) => measure({ children, page }, ms),
      ciphers: () => page.evaluate(() => window.ciphers()),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Every picture comes as large as it is shown, in every arm: only then is that measured. */
async function pictures(page, { width, count }) {
  const giveUpAt = Date.now() + LARGE_MS;
  for (;;) {
    const widths = await page.evaluate(() => window.widths());
    if (widths.length === count && widths.every((each) => each === width)) return;
    if (Date.now() > giveUpAt) throw new Error(`pictures come ${widths} wide instead of ${width}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** What each arm used and carried within this time. */
async function measure({ children, page }, ms) {
  const look = async () => {
    const packets = await page.evaluate(() => window.packets());
    const used = await Promise.all(ARMS.map((arm) => children[arm].ask({ name: 'usage' })));
    return ARMS.map((arm, at) => ({ arm, packets: packets[arm], ...used[at].value }));
  };
  const before = await look();
  const began = performance.now();
  await new Promise((resolve) => setTimeout(resolve, ms));
  const after = await look();
  const seconds = (performance.now() - began) / 1000;
  return Object.fromEntries(
    after.map((now, at) => {
      const then = before[at];
      const spent = (name) => now[name] - then[name];
      const { arm } = now;
      const used = { workerMs: spent('workerMs'), nodeMs: spent('nodeMs'), bytesRead: spent('bytesRead') };
      return [arm, { seconds, packets: spent('packets'), ...used }];
    }),
  );
}

const PAGE = `
  import { Device } from 'mediasoup-client';
  const transports = [];
  const source = { audio: 'microphone', video: 'camera' };
  let media;
  async function side({ arm, call, video, shown, camera }, party) {
    const ask = (name, body) => window.ask(arm, { call, party, name, body });
    const session = await ask('join', {});
    const device = new Device();
    await device.load({ routerRtpCapabilities: session.routerRtpCapabilities });
    const [send, receive] = [session.send, session.receive].map((offer, at) => {
      const options = { ...offer, id: offer.transportId };
      const made = at === 0 ? device.createSendTransport(options) : device.createRecvTransport(options);
      made.on('connect', ({ dtlsParameters }, done, failed) => {
        ask('connect', { transportId: made.id, dtlsParameters }).then(() => done(), failed);
      });
      transports.push({ arm, made });
      return made;
    });
    send.on('produce', ({ kind, rtpParameters }, done, failed) => {
      ask('produce', { transportId: send.id, source: source[kind], rtpParameters })
        .then(({ producerId }) => done({ id: producerId }), failed);
    });
    const produced = [];
    for (const track of media.getTracks()) {
      if (track.kind === 'video' && !video) continue;
      const picture = camera ?? { encodings: [{ maxBitrate: 400_000 }] };
      // A voice without pauses: as many packets in each second as in the next.
      const how = track.kind === 'video' ? picture : { codecOptions: { opusDtx: false } };
      const producer = await send.produce({ track: track.clone(), ...how });
      produced.push(producer.id);
    }
    const consume = async (producerId) => {
      const offer = await ask('consume', { producerId, rtpCapabilities: device.recvRtpCapabilities });
      const { consumerId: id, kind, rtpParameters } = offer;
      const { track } = await receive.consume({ id, producerId, kind, rtpParameters });
      await ask('resume', { consumerId: id });
      if (shown !== undefined && kind === 'video') await ask('show', { consumerId: id, shown });
      const player = document.createElement(kind);
      player.muted = true;
      player.srcObject = new MediaStream([track]);
      await player.play();
      document.body.append(player);
    };
    return { produced, consume };
  }
  window.call = async (how) => {
    media ??= await navigator.mediaDevices.getUserMedia({
      audio: true, video: { width: 640, height: 480, frameRate: 24 },
    });
    const sides = [];
    for (const party of ['visitor', 'agent']) sides.push(await side(how, party));
    for (const id of sides[0].produced) await sides[1].consume(id);
    for (const id of sides[1].produced) await sides[0].consume(id);
  };
  const entries = async (type) => {
    const all = await Promise.all(transports.map(async ({ arm, made }) =>
      [...(await made.getStats()).values()].filter((entry) => entry.type === type).map((entry) => ({ arm, entry }))));
    return all.flat();
  };
  /** Into the worker and out of it. */
  window.packets = async () => {
    const sums = {};
    for (const { arm, entry } of await entries('outbound-rtp')) sums[arm] = (sums[arm] ?? 0) + entry.packetsSent;
    for (const { arm, entry } of await entries('inbound-rtp')) sums[arm] = (sums[arm] ?? 0) + entry.packetsReceived;
    return sums;
  };
  window.widths = async () =>
    (await entries('inbound-rtp')).flatMap(({ entry }) => entry.frameWidth ?? []);
  window.ciphers = async () =>
    (await entries('transport')).filter(({ arm }) => arm === 'ours').map(({ entry }) => entry.srtpCipher);
`;
