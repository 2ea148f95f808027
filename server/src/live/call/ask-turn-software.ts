/** Asks a TURN server what it is, the way a browser would reach it: over UDP, TCP or TLS. */

import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createConnection, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { StunAnswer } from './stun-message.js';
import { readStunAnswer, stunLength, stunRequest, TRANSACTION_BYTES } from './stun-message.js';
import type { TurnAddress } from './turn-url.js';

/** `absent`: nobody answered in time, or nobody could be reached. */
export type TurnSoftware =
  | { readonly state: 'answered'; readonly software: string | undefined }
  | { readonly state: 'absent' };

/** Where a name leads. */
export interface Found {
  readonly address: string;
  readonly family: number;
}

export interface Asking {
  /** For all of it: a server of names that hangs takes as long as a relay that does. */
  readonly limitMs: number;
  readonly find: (host: string) => Promise<Found>;
}

export type AskTurnSoftware = (address: TurnAddress, asking: Asking) => Promise<TurnSoftware>;

/** A packet may be lost; so often the question is put again. */
const AGAIN_MS = 250;
/** A server that sends more than this is none. */
const MOST_BYTES = 4096;

/**
 * A question without credentials: the answer to the second is a refusal, which says what the server is as well. Some
 * say it in one of the two only.
 */
export const askTurnSoftware: AskTurnSoftware = async ({ host, port, over }, { limitMs, find }) => {
  const giveUpAt = performance.now() + limitMs;
  const found = await within(limitMs, find(host));
  if (found === undefined) return { state: 'absent' };
  const leftMs = Math.max(1, giveUpAt - performance.now());
  const place: Place = { ...found, host, port, over };
  const ask = over === 'udp' ? askByPacket : askByStream;
  const questions = (['binding', 'allocate'] as const).map((question) => {
    const transaction = randomBytes(TRANSACTION_BYTES);
    return {
      request: stunRequest(question, transaction),
      read: (bytes: Buffer) => readStunAnswer(bytes, transaction),
    };
  });
  const asked = await Promise.all(questions.map((question) => ask(place, question, leftMs)));
  const answers = asked.filter((answer) => answer !== undefined);
  if (answers.length === 0) return { state: 'absent' };
  return { state: 'answered', software: answers.find(({ software }) => software !== undefined)?.software };
};

/** By its name a certificate is still judged. */
interface Place extends TurnAddress, Found {}

interface Question {
  readonly request: Buffer;
  readonly read: (bytes: Buffer) => StunAnswer | undefined;
}

/** Undefined when it fails or comes too late. */
function within<T>(limitMs: number, found: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, limitMs, undefined);
    const settle = (value?: T): void => {
      clearTimeout(late);
      resolve(value);
    };
    found.then(settle, () => settle());
  });
}

function askByPacket(
  { address, family, port }: Place,
  { request, read }: Question,
  limitMs: number,
): Promise<StunAnswer | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
    const settle = (answer?: StunAnswer): void => {
      clearTimeout(late);
      clearInterval(again);
      socket.removeAllListeners().on('error', () => undefined);
      socket.close();
      resolve(answer);
    };
    const send = (): void => socket.send(request, port, address, (error) => error && settle());
    const late = setTimeout(settle, limitMs);
    const again = setInterval(send, AGAIN_MS);
    socket.on('error', () => settle());
    socket.on('message', (bytes) => {
      const answer = read(bytes);
      if (answer !== undefined) settle(answer);
    });
    send();
  });
}

function askByStream(
  { address, host, port, over }: Place,
  { request, read }: Question,
  limitMs: number,
): Promise<StunAnswer | undefined> {
  return new Promise((resolve) => {
    const ready = (): void => void socket.write(request);
    const to = { host: address, port };
    const named = isIP(host) === 0 ? { ...to, servername: host } : to;
    const socket: Socket = over === 'tls' ? connectTls(named, ready) : createConnection(to, ready);
    let received = Buffer.alloc(0);
    const settle = (answer?: StunAnswer): void => {
      clearTimeout(late);
      socket.destroy();
      resolve(answer);
    };
    const late = setTimeout(settle, limitMs);
    socket.on('error', () => settle());
    socket.on('close', () => settle());
    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      const length = stunLength(received);
      if (length !== undefined && received.length >= length) settle(read(received.subarray(0, length)));
      else if (received.length > MOST_BYTES) settle();
    });
  });
}
