/** The pages of the view-latency bench: a visitor's and an agent's for each of the two ways, bundled from sources. */
import { bundleText } from './browser-pages.mjs';

const OUR_VISITOR = `
  import { startSharing } from './visitor-sdk/src/sharing/sharing-part.ts';
  import { createSealingEngine } from './packages/frames/src/index.ts';
  import { strictestMasking } from './packages/protocol/src/index.ts';
  window.share = async ({ engagementId, url, pass }) => {
    const host = document.createElement('div');
    document.body.append(host);
    const sharing = await startSharing({
      engagementId, host,
      policy: { ...strictestMasking, text: 'shown' },
      pageEngine: async () => ({ createSealingEngine }),
      agentName: () => 'Aki', leases: () => [], confirm: async () => false,
      control: async () => { throw new Error('Nobody acts here.'); }, say: () => undefined, onDoubt: () => undefined,
      onPerson: (person) => { window.watched = person?.watching === true; },
      onEnd: (end) => { window.ended = end; },
    });
    await sharing.attach({ url, pass });
  };
`;

const OUR_AGENT = `
  import { PageView } from './agent-console/src/engagement/player/page-view.ts';
  import { ReplayPort } from './agent-console/src/engagement/player/replay-port.ts';
  window.watch = ({ engagementId, url, pass, replayOrigin }) => new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.width = '1280'; frame.height = '800';
    const replay = new ReplayPort({
      onReady: () => {
        const live = { send: async () => ({ ok: true, value: { url, pass } }) };
        const view = new PageView({ engagementId, live, replay });
        window.view = view;
        view.start();
        resolve();
      },
      onSize: () => undefined,
      onBroken: () => { window.broken = true; },
    });
    replay.attach(frame, replayOrigin);
    frame.src = replayOrigin + '/';
    document.body.append(frame);
  });
`;

/** What rrweb's own documents show, with nothing held back: no buffer, the pointer as often as ours. */
const RRWEB_VISITOR = `
  import { record } from '@rrweb/record';
  window.share = ({ url }) => new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.onerror = () => reject(new Error('no socket'));
    socket.onopen = () => {
      record({
        emit: (event) => socket.send(JSON.stringify(event)),
        maskAllInputs: true,
        sampling: { mousemove: 16, mousemoveCallback: 16, scroll: 33 },
      });
      resolve();
    };
  });
`;

const RRWEB_AGENT = `
  import { Replayer } from 'rrweb';
  window.watch = ({ url }) => new Promise((resolve, reject) => {
    const replayer = new Replayer([], {
      root: document.body, liveMode: true, useVirtualDom: false, mouseTail: false, showWarning: false,
    });
    replayer.startLive();
    window.replayer = replayer;
    const socket = new WebSocket(url);
    socket.onerror = () => reject(new Error('no socket'));
    socket.onopen = () => resolve();
    socket.onmessage = async ({ data }) => {
      replayer.addEvent(JSON.parse(typeof data === 'string' ? data : await data.text()));
    };
  });
`;

const cards = Array.from(
  { length: 250 },
  (_, at) => `<div class="card"><h3>card ${at}</h3><p>some words about offer ${at}</p></div>`,
).join('');
/** A thousand elements, as a page has, and one that changes. */
const VISITED = `<h1>Offers</h1><p id="probe">m-0</p>${cards}`;

/** The worker is inlined as the SDK's build does it. */
async function sealingWorker() {
  const worker = await bundleText("import './packages/frames/src/worker-entry.ts';");
  return {
    name: 'worker-text',
    setup(build) {
      build.onResolve({ filter: /^alongside:sealing-worker$/ }, ({ path }) => ({
        path,
        namespace: 'alongside',
      }));
      build.onLoad({ filter: /.*/, namespace: 'alongside' }, () => ({
        contents: `export const sealingWorkerSource = ${JSON.stringify(worker)};`,
        loader: 'js',
      }));
    },
  };
}

export async function viewFiles() {
  const plugins = [await sealingWorker()];
  const [ourVisitor, ourAgent, rrwebVisitor, rrwebAgent] = await Promise.all([
    bundleText(OUR_VISITOR, { plugins }),
    bundleText(OUR_AGENT),
    bundleText(RRWEB_VISITOR),
    bundleText(RRWEB_AGENT),
  ]);
  return {
    ...page('/ours/visitor', ourVisitor, VISITED),
    ...page('/ours/agent', ourAgent, ''),
    ...page('/rrweb/visitor', rrwebVisitor, VISITED),
    ...page('/rrweb/agent', rrwebAgent, ''),
  };
}

function page(path, script, body) {
  const html = `<!doctype html><html><head><meta charset="utf-8"><title>Bench</title></head><body>${body}<script src="${path}.js"></script></body></html>`;
  return {
    [path]: { type: 'text/html', text: html },
    [`${path}.js`]: { type: 'text/javascript', text: script },
  };
}
