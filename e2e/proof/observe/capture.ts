/**
 * Listens to everything on the loopback of the run: what belongs to the session may go between the visitor, `live`
 * and the agent, and the visitor's page comes from its own server; on every other connection nothing of it is heard.
 */

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Detection, MediumScanner, PartNotRun } from '../detection.js';
import { Look } from '../detection.js';
import type { Finding } from '../finding.js';
import type { MediaBody } from '../wanted.js';
import type { Packet } from './packets.js';
import { PacketReader, rtpPayload } from './packets.js';
import type { SessionPorts } from './seen-calls.js';
import { TcpStream } from './tcp-stream.js';
import { askedPath, unmaskedPayloads } from './websocket-payloads.js';

const PART = 'network: a capture of every connection';
const OTHERS = 'neither tcp nor udp';
const START_MS = 10_000;
const STOP_MS = 10_000;
const LOOK_EACH_MS = 20;
const SIGN_BYTES = 16;
const DISCARD_PORT = 9;
/** Of the system's own buffer, so that a busy moment loses nothing. */
const BUFFER_KIB = 65_536;
const KEPT_BYTES = 768 * 1024 * 1024;

export interface Capture {
  /** After the end of the session, or of a run that broke off; resolves when everything captured has been read. */
  stop(): Promise<void>;
  /** What went over the session's own sockets; none at all means that the capture was deaf. */
  bytesOfSession(ports: SessionPorts): number;
  /** What went to these ports of `live` and came from them so far as voice and picture, encrypted as on the wire. */
  mediaAt(ports: readonly number[]): Promise<readonly MediaBody[]>;
  scan(scanner: MediumScanner, ports: SessionPorts): Promise<Detection>;
}

/** In a network of its own the run is alone on it; otherwise `filter`, in tcpdump's words, names which packets are the run's. */
export async function captureNetwork(filter = ''): Promise<Capture | PartNotRun> {
  if (process.getuid?.() !== 0) return { part: PART, reason: 'only root can listen to the network' };
  const args = [
    '-i',
    'lo',
    '-n',
    '-U',
    '--immediate-mode',
    '-s',
    '0',
    '-B',
    String(BUFFER_KIB),
    '-w',
    '-',
    // Our own sign has to come through whatever filter.
    ...(filter === '' ? [] : [`(${filter}) or udp port ${DISCARD_PORT}`]),
  ];
  const tcpdump = spawn('tcpdump', args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
  });
  let said = '';
  tcpdump.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const missing = once(tcpdump, 'error').then(() => 'tcpdump is missing (package tcpdump)');
  const refused = once(tcpdump, 'exit').then(
    () => `tcpdump: ${said.trim().split('\n').at(-1) ?? 'it ended'}`,
  );
  const heard = new HeardNetwork();
  const read = (async () => {
    for await (const chunk of tcpdump.stdout) heard.add(chunk as Buffer);
  })();
  const reason = await Promise.race([missing, refused, listening(() => said)]);
  if (reason !== undefined) return { part: PART, reason };
  const stop = async (): Promise<void> => {
    heard.isDeaf ||= !(await hearsSign(heard));
    tcpdump.kill('SIGINT');
    await Promise.all([refused, read]);
    heard.lost = Number(/(\d+) packets? dropped by kernel/.exec(said)?.[1] ?? 0);
  };
  let stopped: Promise<void> | undefined;
  return {
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
    bytesOfSession: (ports) => heard.bytesOfSession(ports),
    mediaAt: async (ports) => {
      heard.isDeaf ||= !(await hearsSign(heard));
      return heard.mediaAt(ports);
    },
    scan: (scanner, ports) => heard.scan(scanner, ports),
  };
}

/** Packets wait in buffers: once the last of all has been heard, so have those before it. */
async function hearsSign(heard: HeardNetwork): Promise<boolean> {
  const sign = randomBytes(SIGN_BYTES);
  const socket = createSocket('udp4');
  const giveUpAt = Date.now() + STOP_MS;
  try {
    socket.send(sign, DISCARD_PORT, '127.0.0.1');
    while (!heard.hasHeard(sign)) {
      if (Date.now() > giveUpAt) return false;
      await wait(LOOK_EACH_MS);
    }
    return true;
  } finally {
    socket.close();
  }
}

async function listening(said: () => string): Promise<string | undefined> {
  const giveUpAt = Date.now() + START_MS;
  while (!said().includes('listening on')) {
    if (Date.now() > giveUpAt) return 'tcpdump does not begin to listen';
    await wait(LOOK_EACH_MS);
  }
  return undefined;
}

interface Direction {
  readonly from: string;
  readonly to: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly stream: TcpStream;
}

/** Everything that was heard, by connection and direction. A port that is used again opens a new one. */
export class HeardNetwork {
  /** Packets that the system could not keep for us. */
  lost = 0;
  /** Whether the end of it went by unheard. */
  isDeaf = false;
  readonly #packets = new PacketReader();
  readonly #open = new Map<string, Direction>();
  readonly #directions: Direction[] = [];
  readonly #datagrams: Packet[] = [];
  readonly #others: Buffer[] = [];
  #mediaPorts: readonly number[] = [];
  #kept = 0;
  #left = 0;

  add(chunk: Buffer): void {
    for (const packet of this.#packets.read(chunk)) this.#packet(packet);
  }

  hasHeard(datagram: Buffer): boolean {
    return this.#datagrams.some(({ payload }) => payload.equals(datagram));
  }

  bytesOfSession(ports: SessionPorts): number {
    const own = this.#directions.filter((direction) => this.#kindOf(direction, ports) === 'frames');
    return own.reduce((sum, { stream }) => sum + stream.bytes().length, 0);
  }

  /** From now on what is encrypted may be in these datagrams; what it was before may not. */
  mediaAt(ports: readonly number[]): readonly MediaBody[] {
    this.#mediaPorts = ports;
    return this.#datagrams.flatMap(({ payload, fromPort, toPort }) => {
      const bytes = this.#isMedia({ fromPort, toPort }) ? rtpPayload(payload) : undefined;
      if (bytes === undefined) return [];
      const way = ports.includes(toPort) ? 'received' : 'sent';
      return [{ who: 'live', way, kind: 'packet', bytes } as const];
    });
  }

  async scan(scanner: MediumScanner, ports: SessionPorts): Promise<Detection> {
    const look = new Look(scanner, 'network');
    for (const direction of this.#directions) {
      if (this.#kindOf(direction, ports) !== 'other') continue;
      const bytes = direction.stream.bytes();
      const place = shown(direction);
      await look.bytes(bytes, place);
      const unmasked = unmaskedPayloads(bytes);
      if (unmasked.length > 0) await look.bytes(unmasked, place);
    }
    const ofMedia = new Set<string>();
    for (const { payload, fromPort, toPort } of this.#datagrams) {
      const place = shown({ fromPort, toPort, protocol: 'udp' });
      if (this.#isMedia({ fromPort, toPort })) ofMedia.add(place);
      await look.bytes(payload, place);
    }
    for (const bytes of this.#others) await look.bytes(bytes, OTHERS);
    // An answer that nobody takes a datagram quotes it, encrypted as it was.
    if (ofMedia.size > 0) ofMedia.add(OTHERS);
    if (this.isDeaf) look.broken('the capture did not hear its own sign at its end', 'the capture itself');
    if (this.lost > 0)
      look.notRun('network: every packet', `${this.lost} packets came faster than they were read`);
    if (this.#left > 0)
      look.notRun('network: every packet', `${this.#left} packets were more than memory is used for`);
    const heard = look.end();
    return { ...heard, findings: heard.findings.filter((finding) => !isOnItsWay(finding, ofMedia)) };
  }

  #isMedia({ fromPort, toPort }: Pick<Packet, 'fromPort' | 'toPort'>): boolean {
    return this.#mediaPorts.includes(fromPort) || this.#mediaPorts.includes(toPort);
  }

  #packet(packet: Packet): void {
    if (this.#kept + packet.payload.length > KEPT_BYTES) {
      this.#left += 1;
      return;
    }
    this.#kept += packet.payload.length;
    if (packet.protocol === 'udp') {
      this.#datagrams.push({ ...packet, payload: Buffer.from(packet.payload) });
      return;
    }
    if (packet.protocol === 'other') {
      this.#others.push(Buffer.from(packet.payload));
      return;
    }
    const key = `${packet.from}>${packet.to}`;
    const direction = (packet.begins ? undefined : this.#open.get(key)) ?? this.#begin(key, packet);
    if (packet.begins) direction.stream.begin(packet.sequence);
    else direction.stream.add(packet.sequence, packet.payload);
  }

  #begin(key: string, { from, to, fromPort, toPort }: Packet): Direction {
    const direction = { from, to, fromPort, toPort, stream: new TcpStream() };
    this.#open.set(key, direction);
    this.#directions.push(direction);
    return direction;
  }

  #kindOf(direction: Direction, ports: SessionPorts): 'frames' | 'page' | 'other' {
    const { fromPort, toPort } = direction;
    if ([fromPort, toPort].some((port) => ports.pagePorts.includes(port))) return 'page';
    if (fromPort !== ports.livePort && toPort !== ports.livePort) return 'other';
    const asking = toPort === ports.livePort ? direction : this.#asking(direction);
    if (asking === undefined) return 'other';
    return askedPath(asking.stream.bytes()) === ports.framesPath ? 'frames' : 'other';
  }

  /** The other direction of a connection: the client's, which says what it is for. */
  #asking({ from, to }: Direction): Direction | undefined {
    return this.#directions.findLast((each) => each.from === to && each.to === from);
  }
}

/** An encrypted packet where packets of voice and picture go. */
function isOnItsWay({ place, trace }: Finding, ofMedia: ReadonlySet<string>): boolean {
  return trace.kind === 'media' && trace.of === 'packet' && ofMedia.has(place);
}

function shown({
  fromPort,
  toPort,
  protocol = 'tcp',
}: {
  fromPort: number;
  toPort: number;
  protocol?: string;
}): string {
  return `${protocol} ${fromPort} to ${toPort}`;
}
