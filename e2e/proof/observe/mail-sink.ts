/** A mail server that accepts every sender, recipient and message and delivers none. */

import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { listenOnLoopback } from './listen-on-loopback.js';
import type { Receipt, Sink } from './sinks.js';

const END_OF_MESSAGE = '.';

export async function startMailSink(): Promise<Sink> {
  const received: Receipt[] = [];
  const server = createServer((socket) => converse(socket, received));
  const { port, close } = await listenOnLoopback(server);
  return { port, received, close };
}

function converse(socket: Socket, received: Receipt[]): void {
  const came: Buffer[] = [];
  received.push({ bytes: () => wholeAndUnfolded(Buffer.concat(came)) });
  const lines = new ReplyLines((line, inMessage) => reply(line, inMessage));
  socket.write('220 proof.invalid ESMTP\r\n');
  socket.on('data', (chunk: Buffer) => {
    came.push(chunk);
    for (const answer of lines.answers(chunk.toString('latin1'))) {
      socket.write(`${answer}\r\n`);
      if (answer.startsWith('221')) socket.end();
    }
  });
}

/** Lines of a message are cut at a certain length, whatever they hold. */
function wholeAndUnfolded(whole: Buffer): Buffer {
  const unfolded = whole.toString('latin1').replaceAll(/=?\r\n/g, '');
  return Buffer.concat([whole, Buffer.from(`\n${unfolded}`, 'latin1')]);
}

/** Puts what comes in pieces together to lines, and knows whether they are the message or its envelope. */
class ReplyLines {
  readonly #reply: (line: string, inMessage: boolean) => string | undefined;
  #rest = '';
  #inMessage = false;

  constructor(reply: (line: string, inMessage: boolean) => string | undefined) {
    this.#reply = reply;
  }

  answers(text: string): readonly string[] {
    const lines = (this.#rest + text).split('\r\n');
    this.#rest = lines.pop() ?? '';
    return lines.map((line) => this.#answer(line)).filter((answer) => answer !== undefined);
  }

  #answer(line: string): string | undefined {
    const answer = this.#reply(line, this.#inMessage);
    if (this.#inMessage && line === END_OF_MESSAGE) this.#inMessage = false;
    else if (!this.#inMessage && answer?.startsWith('354')) this.#inMessage = true;
    return answer;
  }
}

function reply(line: string, inMessage: boolean): string | undefined {
  if (inMessage) return line === END_OF_MESSAGE ? '250 taken' : undefined;
  const verb = line.slice(0, 4).toUpperCase();
  if (verb === 'EHLO' || verb === 'HELO') return '250 proof.invalid';
  if (verb === 'DATA') return '354 go on';
  if (verb === 'QUIT') return '221 bye';
  return verb === 'AUTH' ? '235 welcome' : '250 ok';
}
