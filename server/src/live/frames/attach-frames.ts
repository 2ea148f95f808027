/** The frames' own WebSocket endpoint: takes upgrades, admits clients, and lets the relay do the rest. */

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AgentId, EngagementId, RefusalCode } from '@alongside/protocol';
import { FRAME_BYTES } from '@alongside/protocol';
import { WebSocketServer } from 'ws';
import type { FramesDeps, FramesEndpoint } from '../frames-endpoint.js';
import { Relay } from '../relay/relay.js';
import { FrameClient } from './frame-client.js';

const SWEEP_MS = 1000;
/** A lost client is noticed within two beats. */
const SWEEPS_PER_BEAT = 4;
/** Sockets that have not shown a pass yet; more than these are an attack or a fault. */
const UNADMITTED_CLIENTS = 1000;

export function attachFrames(deps: FramesDeps): FramesEndpoint {
  return new FramesOnWebSockets(deps);
}

class FramesOnWebSockets implements FramesEndpoint {
  readonly #deps: FramesDeps;
  readonly #relay: Relay;
  readonly #clients = new Set<FrameClient>();
  readonly #waiting = new Set<FrameClient>();
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

  constructor(deps: FramesDeps) {
    this.#deps = deps;
    const { gate, attendance, clock } = deps;
    this.#relay = new Relay({ gate, attendance, now: () => clock.now() });
    this.#timer = setInterval(() => this.#sweep(), SWEEP_MS);
    this.#timer.unref();
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#closed || this.#waiting.size >= UNADMITTED_CLIENTS) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const client: FrameClient = new FrameClient({
        socket: webSocket,
        origin: request.headers.origin,
        relay: this.#relay,
        redeem: (pass, origin) => this.#deps.redeem(pass, origin),
        onRefused: (code) => {
          this.#refused[code] = (this.#refused[code] ?? 0) + 1;
        },
        onFault: () => {
          this.#faults += 1;
          this.#deps.logger.error('frames:fault');
        },
        onAdmitted: () => this.#waiting.delete(client),
        onClosed: () => {
          this.#waiting.delete(client);
          this.#clients.delete(client);
        },
      });
      this.#clients.add(client);
      this.#waiting.add(client);
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

  #sweep(): void {
    this.#relay.sweep();
    this.#sweeps += 1;
    if (this.#sweeps % SWEEPS_PER_BEAT !== 0) return;
    for (const client of [...this.#clients]) client.beat();
  }
}
