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
import { areLastWordsOver, holdForLastWords } from './last-words.js';
import { MISUSE_EPOCH } from './misuse-epoch.js';
import type { Misuse, UsedSocket } from './page-spies.js';
import { closedWith, sendAlone, sendOver } from './page-spies.js';
import type { Participants } from './participants.js';

const FRAMES = '/frames';
const SIGNALS = '/socket.io/';
/** Acknowledgements are numbered by each side; the page's own never come this far. */
const FIRST_NUMBER = 900_000;
/** A connection that nobody has closed: it was lost. */
const LOST = 1006;

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
  readonly #tap: Participants['tap'];
  readonly #canaries: Canaries;
  readonly #liveOrigin: string;
  #number = FIRST_NUMBER;
  #waiting: UsedSocket | undefined;

  constructor(
    { visitorPage, tap }: Pick<Participants, 'visitorPage' | 'tap'>,
    canaries: Canaries,
    liveOrigin: string,
  ) {
    this.#page = visitorPage;
    this.#tap = tap;
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
      this.#refused(`/frames/${asked}?of=${asked}`),
      this.#refused(`/${asked}`),
    ]);
  }

  /** While nothing reaches the server: it waits in the browser's socket, and goes out with what else waits. */
  async duringDisconnect(): Promise<void> {
    const misuse: Misuse = {
      kind: 'bytes',
      header: header(UNKNOWN),
      text: this.#canaries.token('frame sent during a disconnect'),
    };
    const send = () => sendOver(this.#page, FRAMES, misuse);
    this.#waiting = await until('a connection for frames', send);
  }

  /** What waited has arrived, or its connection is gone: none goes on after such a frame. */
  async disconnectOver(): Promise<void> {
    const socket = this.#waiting;
    if (socket !== undefined) await this.#end(socket);
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
    for (const misuse of all) await this.#over(this.#page, misuse);
  }

  /** Every command of the visitor's table with a field that it does not have, on the page's own connection. */
  async commands(): Promise<void> {
    const sent: number[] = [];
    const send = async (command: string, body: unknown) => {
      sent.push(await this.#command(command, body));
    };
    for (const command of Object.keys(visitorCommands)) {
      const token = this.#canaries.token(commandChannel.visitor(command));
      await send(command, { [token]: token });
      await send(command, nearlyRight(command, token));
    }
    const unknown = this.#canaries.token('unknown command');
    await send(unknown, { [unknown]: unknown });
    await Promise.all(sent.map((number) => this.#answered(number)));
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
    await this.#answered(await this.#command('call:connect', { transportId: randomUUID(), dtlsParameters }));
  }

  /** The frame at which a handler of the copy throws, sent by whoever's frames it takes. */
  async thatThrows({ handler, by, lane }: HandlerFault, agent: Page): Promise<void> {
    const text = lane === 'ack' ? '    ' : faultMark(handler) + this.#canaries.token(faultChannel(handler));
    if (lane === 'pass') return this.#alone(FRAMES, [{ kind: 'text', text }]);
    const slot = by === 'agent' || lane !== 'data' ? 1 : 0;
    const [kind, flags] = lanes[lane];
    const head = lane === 'ack' ? header(kind, { sequence: ACK_MARK, slot }) : header(kind, { slot, flags });
    const misuse: Misuse = { kind: 'bytes', header: head, text };
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

  /**
   * From the stop on, over the connection that was admitted: what arrives before `live` knows of the stop is a frame
   * like any other, and what arrives after it is what may reach nobody.
   */
  async whileStopping(stop: () => Promise<void>): Promise<void> {
    const text = this.#canaries.token('frame sent while the visitor stops');
    const isHeld = await holdForLastWords(this.#page, header(lanes.asset[0], { slot: 1 }), text);
    if (!isHeld) throw new Error('The visitor stopped without a connection for frames.');
    await stop();
    await until('the end of the frames that come too late', () => areLastWordsOver(this.#page));
  }

  async afterStop(): Promise<void> {
    const text = this.#canaries.token('frame sent after the stop');
    await this.#alone(FRAMES, [{ kind: 'bytes', header: header(DATA), text }]);
  }

  /** On the agent's page: each ends the agent's connection, whose console comes back or is opened anew. */
  async ofAgent(page: Page, what: 'bad intent' | 'bad acknowledgement'): Promise<void> {
    const kind = what === 'bad intent' ? INTENT : ACK;
    const text = this.#canaries.token(what);
    await this.#over(page, { kind: 'bytes', header: header(kind, { slot: 1 }), text });
  }

  /** Over an open connection, which `live` closes for it; where it was lost instead, over the next one again. */
  async #over(page: Page, misuse: Misuse): Promise<void> {
    await until('a connection for frames that ends for what was sent', async () => {
      const socket = await sendOver(page, FRAMES, misuse);
      return socket !== undefined && (await this.#end(socket)) !== LOST;
    });
  }

  #end(socket: UsedSocket): Promise<number> {
    return until('the end of a connection for frames', () => closedWith(socket));
  }

  /** The number by which its answer is known. */
  async #command(command: string, body: unknown): Promise<number> {
    this.#number += 1;
    const text = `42/visitor,${this.#number}${JSON.stringify([command, body])}`;
    const socket = await sendOver(this.#page, SIGNALS, { kind: 'text', text });
    if (socket === undefined) throw new Error(`There was no connection to send ${command} over.`);
    return this.#number;
  }

  /** What is refused for its rate has not been read. */
  async #answered(number: number): Promise<void> {
    const answer = await until('an answer to a command', () => this.#tap.answerTo(number));
    if (answer.includes('"tooFast"')) throw new Error('Commands were sent faster than they are read.');
  }

  async #alone(path: string, messages: readonly Misuse[]): Promise<void> {
    const wasOpen = await sendAlone(this.#page, { url: this.#urlOf(path), messages });
    if (!wasOpen) throw new Error('A connection for what no client sends was not opened.');
  }

  async #refused(path: string): Promise<void> {
    if (await sendAlone(this.#page, { url: this.#urlOf(path), messages: [] }))
      throw new Error('`live` opened a connection at an address that it does not have.');
  }

  #urlOf(path: string): string {
    return `${this.#liveOrigin.replace('http', 'ws')}${path}`;
  }
}

/** Bodies that the schema of a command lets through as far as it can, so that its handler is reached as well. */
function nearlyRight(command: string, token: string): unknown {
  const parameters = { [token]: token, codecs: [{ mimeType: token }] };
  switch (command) {
    case 'call:join':
      return { ahead: true };
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
    case 'call:show':
      return { consumerId: token, shown: 'small' };
    case 'call:notice':
      return { presenceId: token };
    case 'call:report':
      return { figures: { upLossPermille: 1 } };
    default:
      return { askId: token, media: token, text: [token] };
  }
}
