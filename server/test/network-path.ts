/**
 * The network between browsers and `live`, as far as a test has it in hand: everything goes through here, for media
 * by UDP as through a router at home, and can stop without a word or come from another address.
 */

import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Where media is announced; the worker itself listens on the same port of `LOOPBACK`. */
export const MEDIA_ADDRESS = '127.0.0.2';
const LOOPBACK = '127.0.0.1';

interface Mapping {
  up: Datagrams;
  readonly address: string;
  readonly port: number;
}

export class NetworkPath {
  /** Where signals go in the end; a `live` that was started again has another port. */
  signalTarget = 0;
  readonly #media: Datagrams;
  readonly #signals: Server;
  readonly #mappings = new Map<string, Mapping>();
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #dark = false;

  private constructor(media: Datagrams, signals: Server) {
    this.#media = media;
    this.#signals = signals;
    media.on('message', (packet, { address, port }) => this.#up(packet, { address, port }));
    signals.on('connection', (socket) => this.#pair(socket));
  }

  static async open(mediaPort: number): Promise<NetworkPath> {
    const media = createSocket('udp4').bind(mediaPort, MEDIA_ADDRESS);
    const signals = createServer().listen(0, LOOPBACK);
    await Promise.all([once(media, 'listening'), once(signals, 'listening')]);
    return new NetworkPath(media, signals);
  }

  /** A port that is free for both, for the worker and for what stands before it. */
  static async freePort(): Promise<number> {
    const server = createServer().listen(0, LOOPBACK);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  get signalPort(): number {
    return (this.#signals.address() as AddressInfo).port;
  }

  /** Nothing goes through, and nobody is told. */
  goDark(): void {
    this.#dark = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  comeBack(): void {
    this.#dark = false;
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  /** From one network into another: packets come from other ports from now on, and connections are torn. */
  switchAddress(): number {
    for (const mapping of this.#mappings.values()) {
      mapping.up.close();
      mapping.up = this.#newUp(mapping);
    }
    for (const [near] of this.#pairs) near.resetAndDestroy();
    return performance.now();
  }

  async close(): Promise<void> {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
    for (const { up } of this.#mappings.values()) up.close();
    await new Promise<void>((resolve) => this.#media.close(resolve));
    await new Promise((resolve) => this.#signals.close(resolve));
  }

  #up(packet: Buffer, from: { readonly address: string; readonly port: number }): void {
    if (this.#dark) return;
    const key = `${from.address}:${from.port}`;
    let mapping = this.#mappings.get(key);
    if (mapping === undefined) {
      mapping = { ...from, up: this.#newUp(from) };
      this.#mappings.set(key, mapping);
    }
    mapping.up.send(packet, this.#media.address().port, LOOPBACK);
  }

  #newUp({ address, port }: { readonly address: string; readonly port: number }): Datagrams {
    const up = createSocket('udp4');
    up.on('message', (packet) => {
      if (!this.#dark) this.#media.send(packet, port, address);
    });
    // While the worker is gone its port answers that nobody is there.
    up.on('error', () => undefined);
    return up;
  }

  #pair(near: Socket): void {
    const far = connect(this.signalTarget, LOOPBACK);
    const pair = [near, far] as const;
    this.#pairs.add(pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (data) => to.write(data));
      from.on('error', () => undefined);
      from.once('close', () => {
        to.destroy();
        this.#pairs.delete(pair);
      });
      if (this.#dark) from.pause();
    }
  }
}
