/** One connection to the small TURN server, which has one relay at most. */

import { createHash, createHmac } from 'node:crypto';
import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { maskedPlace, placeIn, type StunPlace, stunAttributes } from './stun-reader.js';
import { type StunAttribute, signedStun, stunMessage } from './stun-writer.js';

export interface SmallTurnOptions {
  /** The one address that its packets leave from. */
  readonly relayAddress: string;
  /** The one that they may go to. */
  readonly peer: string;
}

interface Request {
  readonly method: number;
  readonly attributes: ReadonlyMap<number, Buffer>;
  readonly transaction: Buffer;
  readonly peer: StunPlace | undefined;
}

const METHOD = {
  ...{ binding: 0x0001, allocate: 0x0003, refresh: 0x0004, permit: 0x0008, bind: 0x0009 },
  ...{ send: 0x0016, data: 0x0017 },
} as const;
const GRANTED = 0x0100;
const REFUSED = 0x0110;
const ATTRIBUTE = {
  ...{ username: 0x0006, integrity: 0x0008, error: 0x0009, channel: 0x000c, lifetime: 0x000d, peer: 0x0012 },
  ...{ data: 0x0013, realm: 0x0014, nonce: 0x0015, relayed: 0x0016, mapped: 0x0020 },
} as const;
const REALM = 'turn.test';
const LIFETIME_SECONDS = 600;
const HEADER_BYTES = 20;
const REFUSAL = { unauthorized: 401, forbidden: 403, unknown: 400 } as const;

export class RelayedClient {
  readonly #socket: Socket;
  readonly #options: SmallTurnOptions & { readonly secret: string };
  readonly #places = new Map<number, StunPlace>();
  readonly #channels = new Map<number, number>();
  #relay: Datagrams | undefined;
  #received: Buffer = Buffer.alloc(0);

  constructor(socket: Socket, options: SmallTurnOptions & { readonly secret: string }) {
    this.#socket = socket;
    this.#options = options;
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => this.#take(bytes));
    socket.once('close', () => this.close());
  }

  close(): void {
    this.#socket.destroy();
    this.#end();
  }

  #end(): void {
    this.#relay?.close();
    this.#relay = undefined;
  }

  #take(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    while (this.#received.length >= 4) {
      // The first two bits tell the data of a channel from a message; in a stream it is filled up to four bytes.
      const isData = (this.#received[0] ?? 0) >> 6 === 1;
      const length = this.#received.readUInt16BE(2);
      const whole = isData ? 4 + Math.ceil(length / 4) * 4 : HEADER_BYTES + length;
      if (this.#received.length < whole) return;
      const message = this.#received.subarray(0, whole);
      this.#received = this.#received.subarray(whole);
      if (isData) this.#forth(this.#places.get(message.readUInt16BE(0)), message.subarray(4, 4 + length));
      else void this.#hear(message);
    }
  }

  async #hear(message: Buffer): Promise<void> {
    const attributes = stunAttributes(message);
    const transaction = message.subarray(4, HEADER_BYTES);
    const masked = attributes.get(ATTRIBUTE.peer);
    const peer = masked && placeIn(masked, transaction);
    const request = { method: message.readUInt16BE(0), attributes, transaction, peer };
    if (request.method === METHOD.send) {
      this.#forth(peer, attributes.get(ATTRIBUTE.data));
      return;
    }
    const key = this.#keyOf(message, attributes);
    const answer =
      key === undefined && request.method !== METHOD.binding ? REFUSAL.unauthorized : await this.#do(request);
    const isRefused = typeof answer === 'number';
    const reply = stunMessage(
      request.method | (isRefused ? REFUSED : GRANTED),
      isRefused ? refusalOf(answer) : answer,
      transaction,
    );
    if (this.#socket.writable) this.#socket.write(key === undefined ? reply : signedStun(reply, key));
  }

  /** What a granted request is answered with, or the code of its refusal. */
  async #do({ method, attributes, transaction, peer }: Request): Promise<readonly StunAttribute[] | number> {
    const from = { address: this.#socket.remoteAddress ?? '', port: this.#socket.remotePort ?? 0 };
    const mapped: StunAttribute = [ATTRIBUTE.mapped, maskedPlace(from, transaction)];
    const isKnown = peer?.address === this.#options.peer;
    switch (method) {
      case METHOD.binding:
        return [mapped];
      case METHOD.allocate: {
        const relayed = maskedPlace(await this.#open(), transaction);
        return [[ATTRIBUTE.relayed, relayed], mapped, lifetimeOf(LIFETIME_SECONDS)];
      }
      case METHOD.refresh: {
        const seconds = attributes.get(ATTRIBUTE.lifetime)?.readUInt32BE() ?? LIFETIME_SECONDS;
        if (seconds === 0) this.#end();
        return [lifetimeOf(seconds)];
      }
      case METHOD.permit:
        return isKnown ? [] : REFUSAL.forbidden;
      case METHOD.bind: {
        const channel = attributes.get(ATTRIBUTE.channel)?.readUInt16BE();
        if (channel === undefined || peer === undefined || !isKnown) return REFUSAL.forbidden;
        this.#places.set(channel, peer);
        this.#channels.set(peer.port, channel);
        return [];
      }
      default:
        return REFUSAL.unknown;
    }
  }

  async #open(): Promise<StunPlace> {
    const relay = this.#relay ?? createSocket('udp4').bind(0, this.#options.relayAddress);
    if (this.#relay === undefined) {
      this.#relay = relay;
      relay.on('message', (packet, place) => this.#back(place, packet));
      // While the media worker is gone its port answers that nobody is there.
      relay.on('error', () => undefined);
      await once(relay, 'listening');
    }
    return relay.address();
  }

  #forth(to: StunPlace | undefined, packet: Buffer | undefined): void {
    if (to?.address !== this.#options.peer || packet === undefined) return;
    this.#relay?.send(packet, to.port, to.address);
  }

  #back(from: StunPlace, packet: Buffer): void {
    if (from.address !== this.#options.peer || !this.#socket.writable) return;
    const channel = this.#channels.get(from.port);
    if (channel === undefined) {
      const transaction = stunMessage(METHOD.data, []).subarray(4, HEADER_BYTES);
      const told: StunAttribute[] = [
        [ATTRIBUTE.peer, maskedPlace(from, transaction)],
        [ATTRIBUTE.data, packet],
      ];
      this.#socket.write(stunMessage(METHOD.data, told, transaction));
      return;
    }
    const framed = Buffer.alloc(4 + Math.ceil(packet.length / 4) * 4);
    framed.writeUInt16BE(channel, 0);
    framed.writeUInt16BE(packet.length, 2);
    framed.set(packet, 4);
    this.#socket.write(framed);
  }

  /** Of whoever signs with a password that was given out and has not run out. */
  #keyOf(message: Buffer, attributes: ReadonlyMap<number, Buffer>): Buffer | undefined {
    const username = attributes.get(ATTRIBUTE.username)?.toString() ?? '';
    const signature = attributes.get(ATTRIBUTE.integrity);
    if (signature === undefined || !(Number(username.split(':')[0]) * 1000 > Date.now())) return undefined;
    const password = createHmac('sha1', this.#options.secret).update(username).digest('base64');
    const key = createHash('md5').update(`${username}:${REALM}:${password}`).digest();
    const at = signature.byteOffset - message.byteOffset;
    return signedStun(message.subarray(0, at - 4), key)
      .subarray(at)
      .equals(signature)
      ? key
      : undefined;
  }
}

function refusalOf(code: number): readonly StunAttribute[] {
  return [
    [ATTRIBUTE.error, Buffer.from([0, 0, Math.floor(code / 100), code % 100])],
    [ATTRIBUTE.realm, Buffer.from(REALM)],
    [ATTRIBUTE.nonce, Buffer.from('once')],
  ];
}

function lifetimeOf(seconds: number): StunAttribute {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(seconds);
  return [ATTRIBUTE.lifetime, value];
}
