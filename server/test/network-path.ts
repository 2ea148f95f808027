/**
 * The network between browsers and `live`, as far as a test has it in hand: everything goes through here, for media
 * by UDP as through a router at home, and can stop without a word, come from another address, or be thin.
 */

import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Where media is announced; the worker itself listens on the same port of `LOOPBACK`. */
export const MEDIA_ADDRESS = '127.0.0.2';
/** Where relays send from, so that what comes from them can be told from what comes straight. */
export const RELAY_ADDRESS = '127.0.0.3';
const LOOPBACK = '127.0.0.1';
const LOST_ONE_OF = 5;
/** Where `live` sees media and signals come from: each way has an address of its own there. */
export const PEERS = { media: '127.0.9.', signals: '127.0.8.' } as const;
const ADDRESSES = 250;
/** What IP and UDP add to a packet. */
const HEADER_BYTES = 28;
/** A thin line's queue holds so much: what would not fit in is lost, as in a router's token bucket. */
const QUEUE_MS = 300;

interface Mapping {
  up: Datagrams;
  readonly address: string;
  readonly port: number;
  readonly kept: Buffer[];
}

export type Direction = 'up' | 'down';

/** Of one participant, whose connections share it: of all ports but those of others. */
interface Line {
  readonly portsOfOthers: ReadonlySet<number>;
  readonly bitsPerSecond: number;
  readonly ways: readonly Direction[];
  readonly busyUntil: Record<Direction, number>;
}

/** As of one who stands in the way of packets: what was kept back of them, and what the worker takes for theirs. */
export interface Way {
  readonly kept: readonly Buffer[];
  send(packet: Buffer): Promise<void>;
}

export class NetworkPath {
  /** Where signals go in the end; a `live` that was started again has another port. */
  signalTarget = 0;
  /** If it is named, media come through from this address alone. */
  onlyFrom: string | undefined;
  readonly #media: Datagrams;
  readonly #signals: Server;
  readonly #mappings = new Map<string, Mapping>();
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  /** What `live` has told by each connection. */
  readonly #told: Buffer[][] = [];
  #dark = false;
  /** Of the browsers' ports whose voice and picture are borne badly. */
  #bad: ReadonlySet<number> = new Set();
  #badWay: Direction = 'up';
  #line: Line | undefined;
  #packets = 0;
  #keeps = false;
  #lastAddress = 0;

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

  get mediaPort(): number {
    return this.#media.address().port;
  }

  get signalPort(): number {
    return (this.#signals.address() as AddressInfo).port;
  }

  /** Nothing goes through, and nobody is told. */
  goDark(): void {
    this.#dark = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  /** What goes up to the worker is kept here instead. */
  keepBack(): void {
    this.#keeps = true;
  }

  get ways(): readonly Way[] {
    return [...this.#mappings.values()].map(({ kept, up }) => ({
      kept,
      send: (packet) =>
        new Promise((resolve, reject) =>
          up.send(packet, this.mediaPort, LOOPBACK, (error) => (error ? reject(error) : resolve())),
        ),
    }));
  }

  get told(): readonly string[] {
    return this.#told.map((parts) => Buffer.concat(parts).toString('latin1'));
  }

  /** From now on every fifth packet of voice and picture that these ports send, or get, does not arrive; that of others does. */
  loseOf(ports: Iterable<number>, way: Direction = 'up'): void {
    this.#bad = new Set(ports);
    this.#badWay = way;
  }

  /**
   * From now on all that these ports do not send or get goes over one line of this width, each way that is named:
   * whoever looks for a new way has new ports.
   */
  narrowBut(portsOfOthers: Iterable<number>, bitsPerSecond: number, ways: readonly Direction[]): void {
    const busyUntil = { up: 0, down: 0 };
    this.#line = { portsOfOthers: new Set(portsOfOthers), bitsPerSecond, ways, busyUntil };
  }

  comeBack(): void {
    this.#dark = false;
    this.#keeps = false;
    this.#line = undefined;
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  /** From one network into another: all comes from another address from now on, and connections are torn. */
  switchAddress(): number {
    for (const mapping of this.#mappings.values()) {
      mapping.up.close();
      mapping.up = this.#newUp(mapping);
    }
    for (const [near] of this.#pairs) near.resetAndDestroy();
    return performance.now();
  }

  async close(): Promise<void> {
    this.#dark = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
    for (const { up } of this.#mappings.values()) up.close();
    await new Promise<void>((resolve) => this.#media.close(resolve));
    await new Promise((resolve) => this.#signals.close(resolve));
  }

  #up(packet: Buffer, from: { readonly address: string; readonly port: number }): void {
    const isKeptOut = this.onlyFrom !== undefined && from.address !== this.onlyFrom;
    if (this.#dark || isKeptOut || this.#isLost(packet, from.port, 'up')) return;
    const key = `${from.address}:${from.port}`;
    let mapping = this.#mappings.get(key);
    if (mapping === undefined) {
      mapping = { ...from, up: this.#newUp(from), kept: [] };
      this.#mappings.set(key, mapping);
    }
    const { kept } = mapping;
    if (this.#keeps) kept.push(packet);
    // By the address that it has by then.
    else
      this.#carry({ packet, port: from.port }, 'up', () => mapping.up.send(packet, this.mediaPort, LOOPBACK));
  }

  /** At once, or when the line has carried what came before and this. */
  #carry(
    { packet, port }: { readonly packet: Buffer; readonly port: number },
    direction: Direction,
    send: () => void,
  ): void {
    const line = this.#line;
    if (line === undefined || line.portsOfOthers.has(port) || !line.ways.includes(direction)) {
      send();
      return;
    }
    const now = performance.now();
    const from = Math.max(now, line.busyUntil[direction]);
    const through = from + ((packet.length + HEADER_BYTES) * 8000) / line.bitsPerSecond;
    if (through - now > QUEUE_MS) return;
    line.busyUntil[direction] = through;
    setTimeout(() => {
      if (!this.#dark) send();
    }, through - now);
  }

  #isLost(packet: Buffer, port: number, way: Direction): boolean {
    // What makes and keeps the way begins otherwise (RFC 7983).
    const isMedia = (packet[0] ?? 0) >> 6 === 2;
    if (!isMedia || way !== this.#badWay || !this.#bad.has(port)) return false;
    this.#packets += 1;
    return this.#packets % LOST_ONE_OF === 0;
  }

  #newUp({ address, port }: { readonly address: string; readonly port: number }): Datagrams {
    const up = createSocket('udp4').bind(0, this.#newAddress(PEERS.media));
    up.on('message', (packet) => {
      if (this.#dark || this.#isLost(packet, port, 'down')) return;
      this.#carry({ packet, port }, 'down', () => this.#media.send(packet, port, address));
    });
    // While the worker is gone its port answers that nobody is there.
    up.on('error', () => undefined);
    return up;
  }

  #pair(near: Socket): void {
    const localAddress = this.#newAddress(PEERS.signals);
    const far = connect({ port: this.signalTarget, host: LOOPBACK, localAddress });
    const told: Buffer[] = [];
    this.#told.push(told);
    far.on('data', (data) => told.push(data));
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

  #newAddress(network: string): string {
    this.#lastAddress = (this.#lastAddress % ADDRESSES) + 1;
    return `${network}${this.#lastAddress}`;
  }
}
