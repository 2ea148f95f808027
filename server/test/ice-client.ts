/** As much of a participant as the worker lets in by ICE, with a socket of its own and no browser. */

import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { crc32 } from 'node:zlib';
import type { TransportOffer } from '@alongside/protocol';
import { sealedStun, signedStun, stunMessage } from './stun-writer.js';

const BINDING = 0x0001;
const BINDING_TAKEN = 0x0101;
const FINGERPRINT_MASK = 0x5354_554e;
const ATTRIBUTE = {
  username: 0x0006,
  priority: 0x0024,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  controlling: 0x802a,
} as const;
const HANDSHAKE = 22;

export class IceClient {
  /** Everything that came back, in its order. */
  readonly heard: Buffer[] = [];
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (bytes) => this.heard.push(bytes));
  }

  static async connect({ iceCandidates }: TransportOffer): Promise<IceClient> {
    const udp = iceCandidates.find(({ protocol }) => protocol === 'udp');
    const socket = createSocket('udp4');
    socket.connect(Number(udp?.port), '127.0.0.1');
    await once(socket, 'connect');
    return new IceClient(socket);
  }

  get isLetIn(): boolean {
    return this.heard.some((bytes) => bytes.readUInt16BE(0) === BINDING_TAKEN);
  }

  get isAnsweredHello(): boolean {
    return this.heard.some((bytes) => bytes[0] === HANDSHAKE);
  }

  /** As who knows the password of this transport. */
  ask({ iceParameters: { usernameFragment, password } }: TransportOffer): Promise<void> {
    const message = stunMessage(BINDING, [
      [ATTRIBUTE.username, Buffer.from(`${usernameFragment}:test`)],
      [ATTRIBUTE.priority, Buffer.from([1, 0, 0, 0])],
      [ATTRIBUTE.controlling, randomBytes(8)],
      [ATTRIBUTE.useCandidate, Buffer.alloc(0)],
    ]);
    const sealOf = (before: Buffer) => {
      const print = Buffer.alloc(4);
      print.writeUInt32BE((crc32(before) ^ FINGERPRINT_MASK) >>> 0);
      return print;
    };
    const signed = signedStun(message, String(password));
    return this.send(sealedStun(signed, ATTRIBUTE.fingerprint, { bytes: 4, sealOf }));
  }

  send(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) =>
      this.#socket.send(bytes, (error) => (error ? reject(error) : resolve())),
    );
  }

  close(): void {
    this.#socket.close();
  }
}
