/** Enough of a TURN client to open a relay with a password as participants get it, and to ask for permissions. */

import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { maskedBytes, maskedPlace, stunAttributes } from './stun-reader.js';
import { type StunAttribute, signedStun, stunMessage } from './stun-writer.js';

const ALLOCATE = 0x0003;
const REFRESH = 0x0004;
const CREATE_PERMISSION = 0x0008;
const ATTRIBUTE = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  peer: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  lifetime: 0x000d,
  family: 0x0017,
  transport: 0x0019,
} as const;
const STALE_NONCE = 438;
const AGAIN_MS = 500;
const GIVE_UP_MS = 10_000;

export interface TurnUser {
  readonly username: string;
  readonly credential: string;
}

interface Answer {
  /** 0 = granted. */
  readonly code: number;
  readonly attributes: ReadonlyMap<number, Buffer>;
}

export class TurnClient {
  readonly #socket: Socket;
  readonly #user: TurnUser;
  #realm: Buffer = Buffer.alloc(0);
  #nonce: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket, user: TurnUser) {
    this.#socket = socket;
    this.#user = user;
  }

  /** Over IPv4 in any case; the relay itself is of the family that is asked for. */
  static async connect(port: number, user: TurnUser): Promise<TurnClient> {
    const socket = createSocket('udp4');
    // A packet that was sent twice may meet a relay that has ended: whoever waits for an answer is told that there is none.
    socket.on('error', () => undefined);
    socket.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new TurnClient(socket, user);
  }

  /** The code of the answer. */
  async allocate(family: 4 | 6): Promise<number> {
    const wanted: StunAttribute[] = [
      [ATTRIBUTE.transport, Buffer.from([17, 0, 0, 0])],
      [ATTRIBUTE.family, Buffer.from([family === 4 ? 1 : 2, 0, 0, 0])],
    ];
    this.#learn(await this.#exchange(stunMessage(ALLOCATE, wanted)));
    return this.#granted(() => this.#signed(ALLOCATE, wanted));
  }

  /** Keeps the relay open for as long again as it was, as browsers do before that has run out: the code of the answer. */
  refresh(seconds = 600): Promise<number> {
    const lifetime = Buffer.alloc(4);
    lifetime.writeUInt32BE(seconds);
    return this.#granted(() => this.#signed(REFRESH, [[ATTRIBUTE.lifetime, lifetime]]));
  }

  /** Whether packets may go to this address: the code of the answer. */
  async permit(peer: string): Promise<number> {
    return this.#granted(() => {
      const transaction = stunMessage(CREATE_PERMISSION, []).subarray(4, 20);
      return this.#signed(CREATE_PERMISSION, [[ATTRIBUTE.peer, peerAddress(peer, transaction)]], transaction);
    });
  }

  close(): void {
    this.#socket.close();
  }

  /** Once more where what the relay wants to hear back with each request has become another meanwhile. */
  async #granted(request: () => Buffer): Promise<number> {
    const answer = await this.#exchange(request());
    if (answer.code !== STALE_NONCE) return answer.code;
    this.#learn(answer);
    return (await this.#exchange(request())).code;
  }

  #learn({ attributes }: Answer): void {
    this.#realm = attributes.get(ATTRIBUTE.realm) ?? this.#realm;
    this.#nonce = attributes.get(ATTRIBUTE.nonce) ?? this.#nonce;
  }

  #signed(method: number, attributes: readonly StunAttribute[], transaction?: Buffer): Buffer {
    const { username, credential } = this.#user;
    const key = createHash('md5').update(`${username}:${this.#realm}:${credential}`).digest();
    const all: StunAttribute[] = [
      ...attributes,
      [ATTRIBUTE.username, Buffer.from(username)],
      [ATTRIBUTE.realm, this.#realm],
      [ATTRIBUTE.nonce, this.#nonce],
    ];
    return signedStun(stunMessage(method, all, transaction), key);
  }

  #exchange(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const hear = (bytes: Buffer): void => {
        if (!bytes.subarray(8, 20).equals(request.subarray(8, 20))) return;
        end();
        resolve(answerOf(bytes));
      };
      const again = setInterval(() => this.#socket.send(request), AGAIN_MS);
      const late = setTimeout(() => {
        end();
        reject(new Error('The relay does not answer.'));
      }, GIVE_UP_MS);
      const end = (): void => {
        clearInterval(again);
        clearTimeout(late);
        this.#socket.off('message', hear);
      };
      this.#socket.on('message', hear);
      this.#socket.send(request);
    });
  }
}

function answerOf(bytes: Buffer): Answer {
  const attributes = stunAttributes(bytes);
  const error = attributes.get(ATTRIBUTE.error);
  return { code: error === undefined ? 0 : (error[2] ?? 0) * 100 + (error[3] ?? 0), attributes };
}

/** The port means nothing to a permission. */
function peerAddress(peer: string, transaction: Buffer): Buffer {
  return isIPv6(peer)
    ? maskedBytes(bytesOf6(peer), 0, transaction)
    : maskedPlace({ address: peer, port: 0 }, transaction);
}

function bytesOf6(address: string): Buffer {
  const [head = '', tail] = address.split('::');
  const words = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [first, last] = [words(head), words(tail ?? '')];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0');
  const all = tail === undefined ? first : [...first, ...zeros, ...last];
  return Buffer.from(all.map((word) => word.padStart(4, '0')).join(''), 'hex');
}
