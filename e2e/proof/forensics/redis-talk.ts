/** Asks a Redis, one question after the other, and gives its answers as bytes. */

import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';

export type RedisAnswer = Buffer | number | undefined | readonly RedisAnswer[];

export interface RedisAccount {
  readonly user?: string;
  readonly password: string;
}

const CRLF = Buffer.from('\r\n');

export class RedisTalk {
  readonly #socket: Socket;
  #heard: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      this.#heard = Buffer.concat([this.#heard, chunk]);
    });
  }

  static async open(port: number, account?: RedisAccount): Promise<RedisTalk> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const talk = new RedisTalk(socket);
    if (account !== undefined) await talk.ask('AUTH', account.user ?? 'default', account.password);
    return talk;
  }

  /** Throws when Redis refuses; its words may quote what it was asked, so that they are left out. */
  async ask(...words: readonly (string | Buffer)[]): Promise<RedisAnswer> {
    const parts = words.map((word) => Buffer.from(word));
    const bulks = parts.flatMap((part) => [Buffer.from(`$${part.length}\r\n`), part, CRLF]);
    this.#socket.write(Buffer.concat([Buffer.from(`*${parts.length}\r\n`), ...bulks]));
    for (;;) {
      const read = readAnswer(this.#heard, 0);
      if (read !== undefined) {
        this.#heard = this.#heard.subarray(read.end);
        if (read.isError) throw new Error(`Redis refuses ${String(words[0])}.`);
        return read.answer;
      }
      if (this.#socket.destroyed) throw new Error('Redis has ended the connection.');
      await this.#more();
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  async #more(): Promise<void> {
    const either = new AbortController();
    const { signal } = either;
    const events = ['data', 'close'].map((name) => once(this.#socket, name, { signal }));
    try {
      await Promise.race(events);
    } finally {
      either.abort();
      await Promise.allSettled(events);
    }
  }
}

interface Read {
  readonly answer: RedisAnswer;
  readonly end: number;
  readonly isError?: boolean;
}

/** Undefined while it has not come as a whole. */
function readAnswer(bytes: Buffer, at: number): Read | undefined {
  const lineEnd = bytes.indexOf(CRLF, at);
  if (lineEnd === -1) return undefined;
  const kind = String.fromCharCode(bytes.readUInt8(at));
  const line = bytes.subarray(at + 1, lineEnd);
  const end = lineEnd + CRLF.length;
  if (kind === '+') return { answer: line, end };
  if (kind === '-') return { answer: undefined, end, isError: true };
  const number = Number(line.toString());
  if (kind === ':') return { answer: number, end };
  if (number < 0) return { answer: undefined, end };
  if (kind === '*') return readArray(bytes, end, number);
  if (bytes.length < end + number + CRLF.length) return undefined;
  return { answer: bytes.subarray(end, end + number), end: end + number + CRLF.length };
}

function readArray(bytes: Buffer, at: number, count: number): Read | undefined {
  const answers: RedisAnswer[] = [];
  let end = at;
  for (let each = 0; each < count; each += 1) {
    const read = readAnswer(bytes, end);
    if (read === undefined) return undefined;
    answers.push(read.answer);
    end = read.end;
  }
  return { answer: answers, end };
}
