/** What no client of ours would send: frames, passes and commands that are wrong, each with a canary in it. */

import { randomUUID } from 'node:crypto';
import {
  FRAME_BYTES,
  frameSizeLimit,
  PROTOCOL_VERSION,
  RESEND_FLAG,
  visitorCommands,
} from '@alongside/protocol';
import type { Page } from '@playwright/test';
import { until } from '../../service/until.js';
import type { Canaries } from './channels.js';
import { commandChannel } from './channels.js';
import type { HandlerFault } from './handler-faults.js';
import { ACK_MARK, faultChannel, faultMark } from './handler-faults.js';
import { MISUSE_EPOCH } from './misuse-epoch.js';
import type { Misuse } from './page-spies.js';
import { sendAlone, sendOver } from './page-spies.js';

const FRAMES = '/frames';
const SIGNALS = '/socket.io/';
/** Acknowledgements are numbered by each side; the page's own never come this far. */
const FIRST_NUMBER = 900_000;

/** Kind, flags, slot, epoch and sequence of a clear header as its bytes. */
function header(
  kind: number,
  { sequence = 0, slot = 0, flags = 0 }: { sequence?: number; slot?: number; flags?: number } = {},
): readonly number[] {
  const word = (number: number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff);
  return [kind, flags, slot >> 8, slot & 0xff, ...word(MISUSE_EPOCH), ...word(sequence)];
}

const DATA = 1;
const ACK = 33;
const INTENT = 35;
const UNKNOWN = 0xee;
/** Kind and flags. */
const lanes = {
  data: [DATA, 0],
  resend: [DATA, RESEND_FLAG],
  snapshot: [2, 0],
  asset: [3, 0],
  key: [5, 0],
  intent: [INTENT, 0],
  ack: [ACK, 0],
  want: [36, 0],
} as const satisfies Record<Exclude<HandlerFault['lane'], 'pass'>, readonly [number, number]>;

export class Misuses {
  readonly #page: Page;
  readonly #canaries: Canaries;
  readonly #liveOrigin: string;

  constructor(page: Page, canaries: Canaries, liveOrigin: string) {
    this.#page = page;
    this.#canaries = canaries;
    this.#liveOrigin = liveOrigin;
  }

  /** Before anybody has consented: no pass is to be had, so none is shown, or a made-up one. */
  async beforeConsent(): Promise<void> {
    const frame: Misuse = {
      kind: 'bytes',
      header: header(DATA),
      text: this.#canaries.token('frame sent before consent'),
    };
    const pass = this.#canaries.token('garbage pass').padEnd(43, 'A');
    const asked = this.#canaries.token('address asked of live');
    await Promise.all([
      this.#alone(FRAMES, [frame]),
      this.#alone(FRAMES, [
        { kind: 'text', text: JSON.stringify({ protocol: PROTOCOL_VERSION, pass }) },
        frame,
      ]),
      this.#alone(`/frames/${asked}?of=${asked}`, []),
      this.#alone(`/${asked}`, []),
    ]);
  }

  /** While nothing reaches the server: it waits in the browser's socket, and goes out with what else waits. */
  async duringDisconnect(): Promise<void> {
    await this.#over({
      kind: 'bytes',
      header: header(UNKNOWN),
      text: this.#canaries.token('frame sent during a disconnect'),
    });
  }

  /** Each ends the connection: the page comes back by itself, and the next one waits for that. */
  async frames(): Promise<void> {
    const bytes = (name: string, head: readonly number[], length?: number): Misuse => ({
      kind: 'bytes',
      header: head,
      text: this.#canaries.token(name),
      ...(length === undefined ? {} : { length }),
    });
    const all: readonly Misuse[] = [
      bytes('frame of an unknown kind', header(UNKNOWN)),
      bytes('frame with a wrong sequence', header(DATA, { sequence: 4711 })),
      bytes('oversized frame', header(DATA), frameSizeLimit('data') + 1),
      bytes('frame larger than any', header(DATA), FRAME_BYTES + 1024),
      { kind: 'text', text: this.#canaries.token('text in place of a frame') },
    ];
    for (const misuse of all) await this.#over(misuse);
  }

  /** Every command of the visitor's table with a field that it does not have, on the page's own connection. */
  async commands(): Promise<void> {
    let number = FIRST_NUMBER;
    const send = (command: string, body: unknown) => {
      number += 1;
      const text = `42/visitor,${number}${JSON.stringify([command, body])}`;
      return sendOver(this.#page, SIGNALS, { kind: 'text', text });
    };
    for (const command of Object.keys(visitorCommands)) {
      const token = this.#canaries.token(commandChannel.visitor(command));
      await send(command, { [token]: token });
      await send(command, nearlyRight(command, token));
    }
    const unknown = this.#canaries.token('unknown command');
    await send(unknown, { [unknown]: unknown });
    await this.connection();
  }

  /** Parameters of a connection that the call's handlers read, and that no call can be made of. */
  async connection(): Promise<void> {
    const fingerprint = this.#canaries.token('fingerprint of the connection');
    const fragment = this.#canaries.token('user fragment of the connection');
    const dtlsParameters = {
      role: 'auto',
      fingerprints: [{ algorithm: 'sha-256', value: fingerprint }],
      iceParameters: { usernameFragment: fragment, password: fragment, iceLite: false },
    };
    const body = JSON.stringify(['call:connect', { transportId: randomUUID(), dtlsParameters }]);
    await sendOver(this.#page, SIGNALS, { kind: 'text', text: `42/visitor,${FIRST_NUMBER}${body}` });
  }

  /** The frame at which a handler of the copy throws, sent by whoever's frames it takes. */
  async thatThrows({ handler, by, lane }: HandlerFault, agent: Page): Promise<void> {
    const text = faultMark(handler) + this.#canaries.token(faultChannel(handler));
    if (lane === 'pass') return this.#alone(FRAMES, [{ kind: 'text', text }]);
    const slot = by === 'agent' || lane !== 'data' ? 1 : 0;
    const [kind, flags] = lanes[lane];
    const head = lane === 'ack' ? header(kind, { sequence: ACK_MARK, slot }) : header(kind, { slot, flags });
    const misuse: Misuse = { kind: 'bytes', header: head, text: lane === 'ack' ? '    ' : text };
    const page = by === 'agent' ? agent : this.#page;
    await until('a connection for frames', () => sendOver(page, FRAMES, misuse));
  }

  async handshake(): Promise<void> {
    const token = this.#canaries.token('garbage handshake');
    const messages: readonly Misuse[] = [
      { kind: 'text', text: `40/visitor,${JSON.stringify({ protocol: PROTOCOL_VERSION, ticket: token })}` },
      { kind: 'text', text: `40/visitor,${JSON.stringify({ protocol: PROTOCOL_VERSION, pass: token })}` },
      { kind: 'text', text: token },
    ];
    await this.#alone(`${SIGNALS}?EIO=4&transport=websocket`, messages);
  }

  async afterStop(): Promise<void> {
    const text = this.#canaries.token('frame sent after the stop');
    await this.#alone(FRAMES, [{ kind: 'bytes', header: header(DATA), text }]);
  }

  /** On the agent's page: each ends the agent's connection, whose console comes back or is opened anew. */
  async ofAgent(page: Page, what: 'bad intent' | 'bad acknowledgement'): Promise<void> {
    const kind = what === 'bad intent' ? INTENT : ACK;
    const text = this.#canaries.token(what);
    await sendOver(page, FRAMES, { kind: 'bytes', header: header(kind, { slot: 1 }), text });
  }

  async #over(misuse: Misuse): Promise<void> {
    await until('a connection for frames', () => sendOver(this.#page, FRAMES, misuse));
  }

  #alone(path: string, messages: readonly Misuse[]): Promise<void> {
    return sendAlone(this.#page, { url: `${this.#liveOrigin.replace('http', 'ws')}${path}`, messages });
  }
}

/** Bodies that the schema of a command lets through as far as it can, so that its handler is reached as well. */
function nearlyRight(command: string, token: string): unknown {
  const parameters = { [token]: token, codecs: [{ mimeType: token }] };
  switch (command) {
    case 'call:join':
      return { rtpCapabilities: parameters };
    case 'call:connect':
      return { transportId: token, dtlsParameters: parameters };
    case 'call:produce':
      return { transportId: token, source: 'microphone', rtpParameters: parameters };
    case 'call:consume':
      return { producerId: token, rtpCapabilities: parameters };
    case 'call:resume':
      return { consumerId: token };
    case 'call:mute':
      return { producerId: token, muted: true };
    case 'call:closeProducer':
      return { producerId: token };
    case 'call:restartIce':
      return { transportId: token };
    default:
      return { askId: token, media: token, text: [token] };
  }
}
