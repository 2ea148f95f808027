/** Both ends of sealed frames in this process, over the real relay: a page whose events are given, and its agents. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WebSocket } from 'ws';
import { bundleText } from './browser-pages.mjs';

const GIVE_UP_MS = 40_000;
/** A page is its last events: what it is made of does not grow with time. */
export const PAGE_EVENTS = 32;

/** The frames package for Node. */
export async function loadFrames() {
  const folder = await mkdtemp(join(tmpdir(), 'alongside-bench-'));
  try {
    const file = join(folder, 'frames.mjs');
    const source = `
      export { createSealingEngine, FrameReceiver, FrameSender, systemClock } from './packages/frames/src/index.ts';
      export { readBody } from './packages/frames/src/frame-body.ts';
    `;
    await writeFile(file, await bundleText(source, { platform: 'node', format: 'esm', target: 'node20' }));
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A page that is what its events add up to; it keeps count of its bytes and every byte it sent. */
export function openPage({ FrameSender, createSealingEngine, systemClock }, engagement) {
  const page = { events: [], snapshots: 0, sent: [], bytes: 0 };
  const none = () => undefined;
  page.sender = new FrameSender(
    { engagement, engine: createSealingEngine({ engagement }), clock: systemClock },
    {
      ...{ onWatched: none, onAgent: none, onIntent: none, onWant: none, onState: none, onFault: none },
      onSnapshotWanted: () => {
        page.snapshots += 1;
        page.sender.snapshot([...page.events]);
      },
    },
  );
  page.emit = (event) => {
    page.events = [...page.events, event].slice(-PAGE_EVENTS);
    page.sender.send([event]);
  };
  return page;
}

/** An agent who is shown what the page's events add up to. */
export function openAgent({ FrameReceiver, systemClock }, engagement, onEvent = () => undefined) {
  const agent = { shown: [], state: undefined };
  const none = () => undefined;
  agent.receiver = new FrameReceiver(
    { engagement, clock: systemClock },
    {
      ...{ onIntroduced: none, onAsset: none, onAnswer: none, onFault: none },
      onSnapshot: (events) => {
        agent.shown = [...events];
      },
      onEvents: (events) => {
        agent.shown = [...agent.shown, ...events].slice(-PAGE_EVENTS);
        for (const event of events) onEvent(event);
      },
      onState: ({ state }) => {
        agent.state = state;
      },
    },
  );
  return agent;
}

/** A socket to the relay as the channel wants it; `onSent` sees every message. */
export async function frameSocket(port, onSent = () => undefined) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/frames`, { perMessageDeflate: false });
  await once(socket, 'open');
  const frames = {
    raw: socket,
    onMessage: undefined,
    onClose: undefined,
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    send: (...messages) => {
      for (const message of messages) {
        onSent(message);
        socket.send(message);
      }
    },
    close: () => socket.close(),
  };
  socket.on('message', (data, isBinary) =>
    frames.onMessage?.(
      isBinary ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice() : String(data),
    ),
  );
  socket.on('close', (code, reason) => frames.onClose?.(code, String(reason)));
  return frames;
}

/** @param {() => boolean} holds @param {string} what */
export async function until(holds, what) {
  const givenUpAt = performance.now() + GIVE_UP_MS;
  while (!holds()) {
    if (performance.now() > givenUpAt) throw new Error(`it never came about that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The agent has exactly what the page has. */
export function isEqual(page, agent) {
  return (
    agent.shown.length === page.events.length && JSON.stringify(agent.shown) === JSON.stringify(page.events)
  );
}
