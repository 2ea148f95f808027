/** The frames' own WebSocket endpoint: takes upgrades, admits clients, and lets the relay do the rest. */

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AgentId, EngagementId, RefusalCode } from '@alongside/protocol';
import { FRAME_BYTES, refusals, refuse } from '@alongside/protocol';
import { WebSocketServer } from 'ws';
import type { FramesDeps, FramesEndpoint } from '../frames-endpoint.js';
import { Relay } from '../relay/relay.js';
import type { WaitingLimits } from '../waiting-room.js';
import { WaitingRoom } from '../waiting-room.js';
import { FrameClient } from './frame-client.js';

const SWEEP_MS = 1000;
/** A lost client is noticed within two beats. */
const SWEEPS_PER_BEAT = 4;

export interface FrameDoorLimits extends WaitingLimits {
  /** A client that shows no pass within this time is refused. */
  readonly admissionMs: number;
}

/** A pass is at hand before the socket is opened: more than these wait in an attack or a fault only. */
export const usualFrameDoorLimits: FrameDoorLimits = {
  ...{ waiting: 1000, waitingPerNetwork: 250 },
  admissionMs: 5000,
};

export function attachFrames(deps: FramesDeps, limits = usualFrameDoorLimits): FramesEndpoint {
  return new FramesOnWebSockets(deps, limits);
}

class FramesOnWebSockets implements FramesEndpoint {
  readonly #deps: FramesDeps;
  readonly #relay: Relay;
  readonly #clients = new Set<FrameClient>();
  readonly #waiting: WaitingRoom<FrameClient>;
  readonly #admissionMs: number;
  readonly #refused: Partial<Record<RefusalCode, number>> = {};
  readonly #sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: FRAME_BYTES,
  });
  readonly #timer: NodeJS.Timeout;
  #sweeps = 0;
  #faults = 0;
  #closed = false;

  constructor(deps: FramesDeps, limits: FrameDoorLimits) {
    this.#deps = deps;
    this.#waiting = new WaitingRoom(limits);
    this.#admissionMs = limits.admissionMs;
    const { gate, attendance, steadyClock } = deps;
    this.#relay = new Relay({ gate, attendance, now: () => steadyClock.now() });
    this.#timer = setInterval(() => this.#sweep(), SWEEP_MS);
    this.#timer.unref();
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const network = this.#deps.networkOf(request);
    if (this.#closed) {
      endUpgrade(socket, 'internal');
      return;
    }
    if (!this.#waiting.hasPlaceFor(network)) {
      this.#count('tooFast');
      endUpgrade(socket, 'tooFast');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const client: FrameClient = new FrameClient({
        socket: webSocket,
        stream: socket,
        origin: request.headers.origin,
        relay: this.#relay,
        redeem: (pass, origin) => this.#deps.redeem(pass, origin),
        admissionMs: this.#admissionMs,
        onRefused: (code) => this.#count(code),
        onFault: () => {
          this.#faults += 1;
          this.#deps.logger.error('frames:fault');
        },
        onAdmitted: () => this.#waiting.leave(client),
        onClosed: () => {
          this.#waiting.leave(client);
          this.#clients.delete(client);
        },
      });
      this.#clients.add(client);
      this.#waiting.enter(client, network);
    });
  }

  /** Connections are admitted because the gate says so now; there is nothing to prepare. */
  opened(_engagementId: EngagementId): void {}

  closed(engagementId: EngagementId): void {
    this.#relay.consentEnded(engagementId);
  }

  agentRemoved(engagementId: EngagementId, agentId: AgentId): void {
    this.#relay.agentRemoved(engagementId, agentId);
  }

  counts(): Readonly<Record<string, number>> {
    const { refused, ...counts } = this.#relay.counts;
    const named = Object.entries({ ...this.#refused, ...refused }).map(([code]) => {
      const key = code as RefusalCode;
      return [`refused.${code}`, (this.#refused[key] ?? 0) + (refused[key] ?? 0)] as const;
    });
    return {
      connections: this.#clients.size,
      engagements: this.#relay.rooms,
      faults: this.#faults,
      ...counts,
      ...Object.fromEntries(named),
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    this.#relay.close();
    for (const client of [...this.#clients]) client.close();
    await new Promise<void>((resolve) => {
      this.#sockets.close(() => resolve());
    });
  }

  #count(code: RefusalCode): void {
    this.#refused[code] = (this.#refused[code] ?? 0) + 1;
  }

  #sweep(): void {
    this.#relay.sweep();
    this.#sweeps += 1;
    if (this.#sweeps % SWEEPS_PER_BEAT !== 0) return;
    for (const client of [...this.#clients]) client.beat();
  }
}

/** Refused before it is a WebSocket: that costs next to nothing, however many come. */
function endUpgrade(socket: Duplex, code: RefusalCode): void {
  const body = JSON.stringify(refuse(code));
  const head = [
    `HTTP/1.1 ${refusals[code].status} ${code}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
