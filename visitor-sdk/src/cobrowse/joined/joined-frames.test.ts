/** Which frames are invited, by whom they are believed, and what is shown of them when. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MaskedEvent } from '../masking/masked-event.js';
import { FIRST_FRAME_NUMBER } from './frame-numbers.js';
import { JOIN_HERE, JOIN_OPEN } from './join-words.js';
import { JoinedFrames } from './joined-frames.js';

const OWN = 'https://shop.example';
const FAR = 'https://pay.example';
const ID = 7;

interface Sent {
  readonly data: Record<string, unknown>;
  readonly origin: string;
  readonly port: MessagePort;
}

let sent: Sent[];
let events: MaskedEvent[];
let shown: boolean[];
let mayShow: boolean;
let timers: (() => void)[];
let load: (() => void) | undefined;
let hear: (said: { readonly source: unknown; readonly origin: string; readonly data: unknown }) => void;
let frames: JoinedFrames;
let element: HTMLIFrameElement;
let nodes: (id: number) => Node | undefined;

function frameAt(src: string | null): Node {
  const contentWindow = {
    postMessage: (data: Record<string, unknown>, origin: string, [port]: MessagePort[]) => {
      if (port !== undefined) sent.push({ data, origin, port });
    },
  };
  return {
    nodeName: 'IFRAME',
    isConnected: true,
    baseURI: `${OWN}/page`,
    contentWindow,
    getAttribute: () => src,
    addEventListener: (_: string, run: () => void) => {
      load = run;
    },
  } as unknown as Node;
}

function open(src: string | null, origins: readonly string[] = [OWN, FAR]): void {
  element = frameAt(src) as HTMLIFrameElement;
  frames = new JoinedFrames({
    window: {
      MessageChannel,
      location: { origin: OWN },
      setTimeout: (run: () => void) => timers.push(run),
      clearTimeout: () => undefined,
      addEventListener: (_: string, run: typeof hear, { signal }: { readonly signal: AbortSignal }) => {
        hear = (said) => {
          if (!signal.aborted) run(said);
        };
      },
    } as unknown as Window & typeof globalThis,
    origins,
    policies: () => [],
    nodeOf: (id) => nodes(id),
    mayShow: () => mayShow,
    onEvents: (more) => events.push(...more),
    onShown: () => shown.push(frames.isShown(ID)),
    onAsset: () => undefined,
    onDoubt: () => undefined,
    now: () => 1,
  });
  frames.note(ID);
}

const whole = [
  {
    type: 2,
    data: {
      node: {
        type: 0,
        id: 1,
        childNodes: [{ type: 2, id: 2, tagName: 'html', attributes: {}, childNodes: [] }],
      },
    },
  },
];
const scrolled = [{ type: 3, data: { source: 3, id: 1, x: 0, y: 9 } }];

/** The frame's page answers the newest invitation, and hears what it is asked. */
function join(): { readonly port: MessagePort; readonly asked: unknown[] } {
  const port = sent.at(-1)?.port;
  if (port === undefined) throw new Error('Nobody was invited.');
  const asked: unknown[] = [];
  port.onmessage = ({ data }) => asked.push(data);
  port.postMessage({ kind: 'joined' });
  port.postMessage({ kind: 'snapshot', events: whole });
  return { port, asked };
}

beforeEach(() => {
  nodes = (id) => (id === ID ? element : undefined);
  [sent, events, shown, timers, mayShow, load] = [[], [], [], [], true, undefined];
});
afterEach(() => {
  frames.stop();
  for (const { port } of sent) port.close();
});

it.each([
  ['a listed origin', `${FAR}/form`, [OWN, FAR], [FAR]],
  ['an origin that is not listed', 'https://ads.example/x', [OWN, FAR], []],
  ['this origin, which may lead to another one', '/leave', [OWN, FAR], [FAR]],
  ['no address', null, [OWN, FAR], [FAR]],
  ['a script', 'javascript:0', [OWN, FAR], [FAR]],
  ['a listed origin among several', `${FAR}/form`, [OWN, FAR, 'https://other.example'], [FAR]],
])('invites a frame with %s by origin', (_, src, origins, invited) => {
  open(src, origins);
  expect(sent.map(({ origin }) => origin)).toEqual(invited);
  for (const { data } of sent) expect(Object.keys(data)).toEqual([JOIN_OPEN]);
});

it('invites no frame that a rule of the page covers, and none for ever', () => {
  mayShow = false;
  open(`${FAR}/form`);
  expect(sent).toEqual([]);
  mayShow = true;
  open(`${FAR}/form`);
  for (let turn = 0; turn < 100; turn += 1) timers.pop()?.();
  expect(sent.length).toBe(20);
});

const inviteAll = (): void => {
  for (let turn = 0; turn < 100; turn += 1) timers.pop()?.();
};
const here = () => ({ source: element.contentWindow, origin: FAR, data: { [JOIN_HERE]: true } });

it('invites a frame once more whose script starts after all invitations, and not for ever', async () => {
  open(`${FAR}/form`);
  inviteAll();
  const before = sent.length;
  hear(here());
  expect(sent.length).toBe(before + 1);
  join();
  await vi.waitFor(() => expect(shown).toEqual([true]));
  hear(here());
  expect(sent.length, 'it has joined').toBe(before + 1);
  load?.();
  const again = sent.length;
  for (let turn = 0; turn < 100; turn += 1) hear(here());
  expect(sent.length).toBe(again + 20);
});

it('hears a frame that answers an earlier invitation than the one that it asked for', async () => {
  open(`${FAR}/form`);
  const first = sent.length;
  hear(here());
  expect(sent.length).toBe(first + 1);
  const port = sent[first - 1]?.port;
  port?.postMessage({ kind: 'joined' });
  port?.postMessage({ kind: 'snapshot', events: whole });
  await vi.waitFor(() => expect(shown).toEqual([true]));
});

it.each([
  ['another window', () => ({ ...here(), source: {} })],
  ['no window', () => ({ ...here(), source: null })],
  ['an origin that is not listed', () => ({ ...here(), origin: 'https://ads.example' })],
  ['words that are none', () => ({ ...here(), data: JOIN_HERE })],
  ['a frame that a rule covers', () => here(), () => (mayShow = false)],
  ['a frame that nobody watches any more', () => here(), () => frames.stop()],
])('answers nothing to %s', (_, said, before = () => undefined) => {
  open(`${FAR}/form`);
  inviteAll();
  const invited = sent.length;
  before();
  hear(said());
  expect(sent.length).toBe(invited);
});

it('lets frames that have left the page make room', () => {
  const gone = frameAt(`${FAR}/gone`);
  const page = new Map<number, Node>(Array.from({ length: 16 }, (_, id) => [100 + id, gone]));
  open(`${FAR}/form`);
  frames.stop();
  sent.length = 0;
  nodes = (id) => page.get(id) ?? element;
  for (const id of page.keys()) frames.note(id);
  frames.note(ID);
  expect(sent.length, 'so many and no more').toBe(16);
  Object.assign(gone, { isConnected: false });
  frames.note(ID);
  expect(sent.length).toBe(17);
});

it('shows a frame that has joined, under numbers of its own and its element', async () => {
  open(`${FAR}/form`);
  const { port } = join();
  await vi.waitFor(() => expect(events).toHaveLength(1));
  expect(shown).toEqual([true]);
  const data = events[0]?.data as { readonly adds?: readonly { parentId: number; node: { id: number } }[] };
  expect(data.adds?.[0]).toMatchObject({ parentId: ID, node: { id: FIRST_FRAME_NUMBER } });
  port.postMessage({ kind: 'events', events: scrolled });
  await vi.waitFor(() => expect(events).toHaveLength(2));
  expect(events[1]?.data).toMatchObject({ source: 3, id: FIRST_FRAME_NUMBER, y: 9 });
});

it('covers it while the page is shown anew, until it has come as a whole', async () => {
  open(`${FAR}/form`);
  const { port, asked } = join();
  await vi.waitFor(() => expect(frames.isShown(ID)).toBe(true));
  frames.again();
  expect(frames.isShown(ID)).toBe(false);
  await vi.waitFor(() => expect(asked).toEqual([{ ask: 'again' }]));
  port.postMessage({ kind: 'events', events: scrolled });
  port.postMessage({ kind: 'snapshot', events: whole });
  await vi.waitFor(() => expect(frames.isShown(ID)).toBe(true));
  // The change from in between belongs to nothing, and is in the whole.
  expect(events.map(({ data }) => (data as { source: number }).source)).toEqual([0, 0]);
});

it.each([
  ['another page is loaded into it', () => load?.()],
  ['nobody watches any more', () => frames.stop()],
  [
    'a rule comes to cover it',
    (port: MessagePort) => {
      mayShow = false;
      port.postMessage({ kind: 'events', events: scrolled });
    },
  ],
  ['it goes away', (port: MessagePort) => port.postMessage({ kind: 'left' })],
  ['it says what it cannot mean', (port: MessagePort) => port.postMessage({ kind: 'snapshot', events: [] })],
])('takes out what it showed when %s', async (_, end) => {
  open(`${FAR}/form`);
  const { port, asked } = join();
  await vi.waitFor(() => expect(events).toHaveLength(1));
  end(port);
  await vi.waitFor(() => expect(shown).toEqual([true, false]));
  expect(events).toHaveLength(2);
  expect(events[1]?.data).toMatchObject({ removes: [{ parentId: FIRST_FRAME_NUMBER }] });
  await vi.waitFor(() => expect(asked).toContainEqual({ ask: 'stop' }));
  port.postMessage({ kind: 'snapshot', events: whole });
  await new Promise((resolve) => setImmediate(resolve));
  expect(events).toHaveLength(2);
});

it('asks the frames that have joined for what the page has not', async () => {
  open(`${FAR}/form`);
  expect(frames.want(['a'])).toBe(0);
  const { asked } = join();
  await vi.waitFor(() => expect(events).toHaveLength(1));
  expect(frames.want(['a'])).toBe(1);
  await vi.waitFor(() => expect(asked).toEqual([{ ask: 'assets', hashes: ['a'] }]));
});
