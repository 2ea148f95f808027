/** The scripts of both ends of a watched page, for each of the ways that benches compare; bundled from sources. */
import { bundleText, sealingWorker } from './browser-pages.mjs';
import { withoutSealing } from './other-builds.mjs';

/** Keeps what leaves a thread, so that it can be searched afterwards. */
const KEEP_SENT = `
  globalThis.sent = [];
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    // Frames are handed over once they are sent.
    globalThis.sent.push(typeof data === 'string' ? data : data.slice());
    return send.call(this, data);
  };
`;

const OUR_VISITOR = `
  import { startSharing } from './visitor-sdk/src/sharing/sharing-part.ts';
  import * as controlPart from './visitor-sdk/src/cobrowse/control/control-part.ts';
  import * as movingPart from './visitor-sdk/src/cobrowse/moving/moving-part.ts';
  import { strictestMasking } from './packages/protocol/src/index.ts';
  ${KEEP_SENT}
  window.share = async ({ engagementId, agentId, url, pass }) => {
    const host = document.createElement('div');
    host.id = 'alongside-host';
    document.body.append(host);
    window.sharing = await startSharing({
      engagementId, host,
      policy: [{ ...strictestMasking, text: 'shown' }],
      pageEngine: async () => { throw new Error('The sealing worker did not start.'); },
      origins: [], agentName: () => 'Aki', confirm: async () => false,
      leases: () => [{ lease: 1, agentId, kinds: ['point', 'draw'], expiresAtMs: Infinity }],
      control: async () => controlPart,
      moving: async () => movingPart,
      clear: () => [], say: () => undefined, onDoubt: () => undefined,
      onPerson: (person) => { window.watched = person?.watching === true; },
      onEnd: (end) => { window.ended = end; },
    });
    await window.sharing.attach({ url, pass });
  };
`;

const OUR_AGENT = `
  import { PagePointer } from './agent-console/src/engagement/control/page-pointer.ts';
  import { PageView } from './agent-console/src/engagement/player/page-view.ts';
  import { ReplayPort } from './agent-console/src/engagement/player/replay-port.ts';
  window.shown = [];
  let replay;
  window.prepare = ({ replayOrigin }) => new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.width = '1280'; frame.height = '800';
    replay = new ReplayPort({
      onReady: resolve,
      onSize: () => undefined,
      onBroken: () => { window.broken = true; },
    });
    const post = replay.post.bind(replay);
    replay.post = (message, transfer) => {
      window.shown.push(message);
      post(message, transfer);
    };
    replay.attach(frame, replayOrigin);
    frame.src = replayOrigin + '/';
    document.body.append(frame);
  });
  window.watch = ({ engagementId, url, pass }) => {
    const live = { send: async () => ({ ok: true, value: { url, pass } }) };
    const trip = { follow: () => undefined };
    window.view = new PageView({ engagementId, live, replay, trip });
    window.pointer = new PagePointer({ page: window.view, replay, lease: () => 1 });
    window.view.start();
  };
`;

/** As often as ours; what rrweb sends by itself would be half a second late. */
const RRWEB_OPTIONS = `
  maskAllInputs: true,
  slimDOMOptions: 'all',
  inlineStylesheet: true,
  sampling: { mousemove: 16, mousemoveCallback: 16, scroll: 33 },
`;

/** What rrweb's own documents show, with nothing held back: no buffer, and every event as it comes. */
const RRWEB_VISITOR = `
  import { record } from '@rrweb/record';
  ${KEEP_SENT}
  window.share = ({ url }) => new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.onerror = () => reject(new Error('no socket'));
    socket.onopen = () => {
      window.stop = record({ emit: (event) => socket.send(JSON.stringify(event)), ${RRWEB_OPTIONS} });
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
    const socket = new WebSocket(url);
    socket.onerror = () => reject(new Error('no socket'));
    socket.onopen = () => resolve();
    socket.onmessage = async ({ data }) => {
      replayer.addEvent(JSON.parse(typeof data === 'string' ? data : await data.text()));
    };
  });
`;

/** The same, begun when an agent asks, and its snapshot compressed as a careful author would. */
const JOINED_VISITOR = `
  import { record } from '@rrweb/record';
  window.share = ({ url }) => new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    const gzip = async (text) => {
      const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
      return new Response(stream).arrayBuffer();
    };
    let queue = Promise.resolve();
    socket.onerror = () => reject(new Error('no socket'));
    socket.onopen = resolve;
    socket.onmessage = () => {
      record({
        emit: (event) => {
          const text = JSON.stringify(event);
          queue = queue.then(async () => socket.send(await gzip(text)));
        },
        ${RRWEB_OPTIONS}
      });
    };
  });
`;

const JOINED_AGENT = `
  import { Replayer } from 'rrweb';
  window.prepare = async () => undefined;
  window.watch = ({ url }) => new Promise((resolve, reject) => {
    const replayer = new Replayer([], {
      root: document.body, liveMode: true, useVirtualDom: false, mouseTail: false, showWarning: false,
    });
    replayer.startLive();
    const socket = new WebSocket(url);
    socket.onerror = () => reject(new Error('no socket'));
    socket.onopen = () => { socket.send('join'); resolve(); };
    let queue = Promise.resolve();
    socket.onmessage = ({ data }) => {
      queue = queue.then(async () => {
        const stream = data.stream().pipeThrough(new DecompressionStream('gzip'));
        replayer.addEvent(JSON.parse(await new Response(stream).text()));
      });
    };
  });
`;

/** The least that anybody could do: the new text over a socket, and into an element. */
const LIMIT_VISITOR = `
  window.share = ({ url }) => new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    const probe = document.getElementById('probe');
    socket.onerror = () => reject(new Error('no socket'));
    socket.onopen = resolve;
    new MutationObserver(() => socket.send(probe.textContent)).observe(probe, { childList: true });
  });
`;

const LIMIT_AGENT = `
  window.watch = ({ url }) => new Promise((resolve, reject) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    frame.contentDocument.body.innerHTML = '<h1></h1><p></p>';
    const probe = frame.contentDocument.querySelector('p');
    const socket = new WebSocket(url);
    socket.onerror = () => reject(new Error('no socket'));
    socket.onopen = () => resolve();
    socket.onmessage = async ({ data }) => {
      probe.textContent = typeof data === 'string' ? data : await data.text();
    };
  });
`;

/** rrweb alone, with nobody to send to: only what recording itself costs. */
const EMPTY_VISITOR = `
  import { record } from '@rrweb/record';
  window.share = async () => {
    let events = 0;
    record({ emit: () => { events += 1; }, ${RRWEB_OPTIONS} });
    window.recorded = () => events;
  };
`;

const PACKER_VISITOR = `
  import { record } from '@rrweb/record';
  import { pack } from './node_modules/@rrweb/packer/dist/pack.js';
  window.share = async () => {
    let events = 0;
    let bytes = 0;
    record({ emit: (event) => { events += 1; bytes += pack(event).length; }, ${RRWEB_OPTIONS} });
    window.recorded = () => events;
  };
`;

const ARMS = {
  ours: { visitor: OUR_VISITOR, agent: OUR_AGENT },
  clear: { visitor: OUR_VISITOR, agent: OUR_AGENT, isClear: true },
  rrweb: { visitor: RRWEB_VISITOR, agent: RRWEB_AGENT },
  joined: { visitor: JOINED_VISITOR, agent: JOINED_AGENT },
  limit: { visitor: LIMIT_VISITOR, agent: LIMIT_AGENT },
  empty: { visitor: EMPTY_VISITOR },
  packer: { visitor: PACKER_VISITOR },
  none: { visitor: 'window.share = async () => undefined;' },
};

/**
 * The files of some arms, with every body at `/ARM/visitor/NAME`.
 *
 * @param {readonly (keyof typeof ARMS)[]} names
 * @param {Readonly<Record<string, string>>} bodies
 */
export async function armFiles(names, bodies) {
  const files = {};
  for (const name of names) {
    const { visitor, agent, isClear = false } = ARMS[name];
    const without = isClear ? [withoutSealing] : [];
    const plugins = [await sealingWorker(without, KEEP_SENT), ...without];
    const script = await bundleText(visitor, { plugins });
    files[`/${name}/visitor.js`] = { type: 'text/javascript', text: script };
    for (const [body, text] of Object.entries(bodies)) {
      files[`/${name}/visitor/${body}`] = pageOf(`/${name}/visitor.js`, text);
    }
    if (agent === undefined) continue;
    files[`/${name}/agent.js`] = {
      type: 'text/javascript',
      text: await bundleText(agent, { plugins: without }),
    };
    files[`/${name}/agent`] = pageOf(`/${name}/agent.js`, '');
  }
  return files;
}

function pageOf(script, body) {
  return {
    type: 'text/html',
    text: `<!doctype html><html><head><meta charset="utf-8"><title>Bench</title></head><body>${body}<script src="${script}"></script></body></html>`,
  };
}
