/**
 * What sealing a call from end to end costs: a picture of 640x480 and a voice, both ways between two peers of one
 * page, with each frame sealed and opened in the workers of both sides, against the same peers without. No server is
 * between them, so that nothing else takes part: the cost of one side is half of the figure. The delay is that from a
 * change drawn on one side to the same change shown on the other.
 */
import { bundleText, launchChromium, servePages } from './browser-pages.mjs';
import { figureOf, quantile, rowOf } from './statistics.mjs';

const WARM_MS = 3000;
const MEASURED_MS = 10_000;

const PAGE = `
  import { startCallSealing } from './packages/frames/src/media/call-sealing.ts';

  /** Grain that an encoder has to work on, and a corner that changes twice a second. */
  function drawnPicture(flips) {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
    const context = canvas.getContext('2d', { alpha: false });
    let light = false;
    let flippedAt = performance.now();
    const draw = (now) => {
      for (let at = 0; at < 40; at += 1) {
        context.fillStyle = 'hsl(' + (now / 20 + at * 9) + ' 60% 50%)';
        context.fillRect((at * 97 + now / 9) % 640, 90 + ((at * 53) % 390), 60, 40);
      }
      if (now - flippedAt > 500) {
        light = !light;
        flippedAt = performance.now();
        flips.push({ light, at: flippedAt });
      }
      context.fillStyle = light ? '#fff' : '#000';
      context.fillRect(0, 0, 80, 80);
      requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
    return canvas.captureStream(24).getVideoTracks()[0];
  }

  function watch(track, flips, delays) {
    const video = Object.assign(document.createElement('video'), { muted: true });
    video.srcObject = new MediaStream([track]);
    document.body.append(video);
    const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    let shown = 0;
    const look = () => {
      context.drawImage(video, 30, 30, 1, 1, 0, 0, 1, 1);
      const light = context.getImageData(0, 0, 1, 1).data[0] > 127;
      const flip = flips[0];
      if (flip !== undefined && flip.light === light) {
        delays.push(performance.now() - flip.at);
        flips.shift();
      }
      shown += 1;
      video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
    void video.play();
    return () => shown;
  }

  async function sealings() {
    const sides = {};
    const start = (party, other) => startCallSealing({
      party,
      place: 'bench',
      spawn: () => new Worker('/worker.js'),
      send: (step) => queueMicrotask(() => sides[other]?.take(step)),
      onCodes: () => undefined,
    });
    sides.visitor = await start('visitor', 'agent');
    sides.agent = await start('agent', 'visitor');
    sides.visitor.agree();
    return sides;
  }

  window.begin = async (isSealed) => {
    const sides = isSealed ? await sealings() : {};
    const settings = isSealed ? sides.visitor.connectionSettings : {};
    const peers = { visitor: new RTCPeerConnection(settings), agent: new RTCPeerConnection(settings) };
    const delays = [];
    const counts = [];
    for (const [own, other] of [['visitor', 'agent'], ['agent', 'visitor']]) {
      peers[own].onicecandidate = ({ candidate }) => candidate && peers[other].addIceCandidate(candidate);
      const flips = [];
      const voice = (await navigator.mediaDevices.getUserMedia({ audio: true })).getTracks()[0];
      for (const [track, source] of [[voice, 'microphone'], [drawnPicture(flips), 'camera']]) {
        const { sender } = peers[own].addTransceiver(track, { direction: 'sendonly' });
        sides[own]?.lead(sender, { direction: 'out', source });
      }
      peers[other].ontrack = ({ track, receiver }) => {
        const source = track.kind === 'audio' ? 'microphone' : 'camera';
        sides[other]?.lead(receiver, { direction: 'in', source, party: own });
        if (source === 'camera') counts.push(watch(track, flips, delays));
        else document.body.append(Object.assign(new Audio(), { srcObject: new MediaStream([track]), autoplay: true }));
      };
    }
    for (const [own, other] of [['visitor', 'agent'], ['agent', 'visitor']]) {
      await peers[own].setLocalDescription();
      await peers[other].setRemoteDescription(peers[own].localDescription);
      await peers[other].setLocalDescription();
      await peers[own].setRemoteDescription(peers[other].localDescription);
    }
    window.read = async () => ({
      delays: delays.splice(0),
      shown: counts.reduce((sum, count) => sum + count(), 0),
      sealing: isSealed ? [await sides.visitor.counts(), await sides.agent.counts()] : [],
    });
  };
`;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const closing = [];
  try {
    progress('bundling the page, starting a browser');
    const pages = await servePages(await files());
    closing.push(() => pages.close());
    const browser = await launchChromium();
    closing.push(() => browser.close());
    const ground = { browser, url: `http://localhost:${pages.port}/` };
    await once(ground, true);
    const measured = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      const taken = {};
      const arms = ['plain', 'sealed', 'again'];
      for (const arm of round % 2 === 0 ? arms : arms.toReversed())
        taken[arm] = await once(ground, arm === 'sealed');
      measured.push(taken);
    }
    return rowsOf(measured);
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

function rowsOf(measured) {
  const pairs = (arm, read) =>
    measured.map((taken) => ({ ours: read(taken[arm]), baseline: read(taken.plain) }));
  const cpu = ({ cpuMsPerSecond }) => cpuMsPerSecond;
  const delay = ({ delayMs }) => delayMs;
  return [
    rowOf('call-sealing/plain/cpu', 'ms/s', pairs('sealed', cpu)),
    rowOf('call-sealing/plain/delay-p50', 'ms', pairs('sealed', delay)),
    figureOf(
      'call-sealing/added-delay',
      'ms',
      measured.map(({ sealed, plain }) => sealed.delayMs - plain.delayMs),
    ),
    figureOf(
      'call-sealing/added-cpu-a-side',
      'ms/s',
      measured.map(({ sealed, plain }) => (sealed.cpuMsPerSecond - plain.cpuMsPerSecond) / 2),
    ),
    rowOf('call-sealing/a-vs-a', 'ms/s', pairs('again', cpu)),
  ];
}

async function once({ browser, url }, isSealed) {
  const context = await browser.newContext({ permissions: ['microphone'] });
  const session = await browser.newBrowserCDPSession();
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate((sealed) => window.begin(sealed), isSealed);
    await page.waitForTimeout(WARM_MS);
    const before = await page.evaluate(() => window.read());
    const [cpuBefore, startedAt] = [await cpuSeconds(session), performance.now()];
    await page.waitForTimeout(MEASURED_MS);
    const seconds = (performance.now() - startedAt) / 1000;
    const cpuMsPerSecond = ((await cpuSeconds(session)) - cpuBefore) * (1000 / seconds);
    const after = await page.evaluate(() => window.read());
    prove(before, after, isSealed);
    return { cpuMsPerSecond, delayMs: quantile(after.delays, 0.5) };
  } finally {
    await session.detach();
    await context.close();
  }
}

/** A call that showed nothing would be cheap, and so would one that sealed nothing. */
function prove(before, after, isSealed) {
  if (after.shown - before.shown < 100 || after.delays.length < 10)
    throw new Error('the pictures stood still');
  for (const [at, { sealed, opened, unsent, ...faults }] of after.sealing.entries()) {
    const earlier = before.sealing[at];
    if (opened - earlier.opened < 300 || sealed - earlier.sealed < 300) throw new Error('nothing was sealed');
    const later = Object.keys(faults).filter((fault) => faults[fault] !== earlier[fault]);
    if (unsent !== earlier.unsent || later.length > 0)
      throw new Error(`frames were dropped: ${later.join()}`);
  }
  if (isSealed && after.sealing.length !== 2) throw new Error('this browser cannot seal');
}

/** Of all processes of the browser. */
async function cpuSeconds(session) {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

async function files() {
  const worker = await bundleText('', {
    stdin: undefined,
    entryPoints: ['packages/frames/src/media/media-worker-entry.ts'],
    absWorkingDir: new URL('../..', import.meta.url).pathname,
  });
  const html =
    '<!doctype html><html><head><meta charset="utf-8"><title>Bench</title></head><body><script src="/page.js"></script></body></html>';
  return {
    '/': { type: 'text/html', text: html },
    '/page.js': { type: 'text/javascript', text: await bundleText(PAGE) },
    '/worker.js': { type: 'text/javascript', text: worker },
  };
}
