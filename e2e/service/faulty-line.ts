/** A line to `live` that can be interrupted for the pages of one origin, as a lost network is: bytes just stop. */

import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

interface Crossing {
  readonly near: Socket;
  readonly far: Socket;
  /** Of the page that opened it, once its first bytes have said so. */
  origin: string;
}

export class FaultyLine {
  readonly port: number;
  readonly #server: Server;
  readonly #crossings = new Set<Crossing>();
  readonly #lost = new Set<string>();

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  /** Listens at one port and passes everything on to another. */
  static async open(port: number, targetPort: number): Promise<FaultyLine> {
    const server = createServer();
    const line = new FaultyLine(server, port);
    server.on('connection', (near) => line.#cross(near, targetPort));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return line;
  }

  /** From now on nothing of this origin's pages arrives, nor anything for them. */
  lose(origin: string): void {
    this.#lost.add(origin);
    this.#each(origin, (socket) => socket.pause());
  }

  /** What was under way arrives late, as after a packet was sent again. */
  find(origin: string): void {
    this.#lost.delete(origin);
    this.#each(origin, (socket) => socket.resume());
  }

  close(): void {
    for (const { near, far } of this.#crossings) {
      near.destroy();
      far.destroy();
    }
    this.#server.close();
  }

  #cross(near: Socket, targetPort: number): void {
    const far = connect(targetPort, '127.0.0.1');
    const crossing: Crossing = { near, far, origin: '' };
    this.#crossings.add(crossing);
    near.once('data', (first: Buffer) => {
      crossing.origin = /^origin: (\S+)/im.exec(first.toString('latin1'))?.[1] ?? '';
      if (!this.#lost.has(crossing.origin)) return;
      near.pause();
      far.pause();
    });
    near.pipe(far);
    far.pipe(near);
    const end = (): void => {
      this.#crossings.delete(crossing);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
  }

  #each(origin: string, act: (socket: Socket) => void): void {
    for (const crossing of this.#crossings) {
      if (crossing.origin !== origin) continue;
      act(crossing.near);
      act(crossing.far);
    }
  }
}
