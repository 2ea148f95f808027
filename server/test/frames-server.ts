/** The frames' WebSocket on a real HTTP server at a free port, with a gate and passes that a test commands. */

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FrameSocket } from '@alongside/frames';
import type { AgentId, EngagementId } from '@alongside/protocol';
import { WebSocket } from 'ws';
import { attachFrames, type FrameDoorLimits } from '../src/live/frames/attach-frames.js';
import type { FramesEndpoint } from '../src/live/frames-endpoint.js';
import type { Act, FrameSeat } from '../src/live/relay/ports.js';

export class FramesServer {
  readonly origin = 'http://shop.localhost:1';
  readonly viewing = new Set<EngagementId>();
  readonly acts: Act[] = [];
  readonly logged: string[] = [];
  readonly attendance: string[] = [];
  readonly endpoint: FramesEndpoint;
  lease = 0;
  url = '';
  readonly #passes = new Map<string, FrameSeat>();
  readonly #http = createServer();

  constructor(limits?: FrameDoorLimits) {
    const log = (event: string): void => void this.logged.push(event);
    this.endpoint = attachFrames(
      {
        gate: {
          mayPublish: (id) => this.viewing.has(id),
          mayWatch: (id) => this.viewing.has(id),
          mayAct: (act) => act.lease === this.lease,
          acted: (act) => this.acts.push(act),
        },
        attendance: {
          came: (seat) => this.attendance.push(`${seat.role} came`),
          went: (seat) => this.attendance.push(`${seat.role} went`),
        },
        redeem: (pass, origin) => this.#redeem(pass, origin),
        networkOf: ({ headers }) => String(headers['x-network'] ?? ''),
        steadyClock: performance,
        logger: { info: log, warn: log, error: log },
      },
      limits,
    );
    this.#http.on('upgrade', (request, socket, head) => this.endpoint.upgrade(request, socket, head));
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    this.url = `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}/frames`;
  }

  async close(): Promise<void> {
    await this.endpoint.close();
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
  }

  visitorPass(engagementId: EngagementId): string {
    return this.#pass({ role: 'visitor', engagementId, sessionId: 'page' });
  }

  agentPass(engagementId: EngagementId, agentId: AgentId): string {
    return this.#pass({ role: 'agent', engagementId, sessionId: 'window', agentId });
  }

  /** An open WebSocket that has said nothing yet. */
  async connect(origin = this.origin): Promise<WebSocket> {
    const socket = new WebSocket(this.url, { origin, perMessageDeflate: true });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return socket;
  }

  #pass(seat: FrameSeat): string {
    const pass = randomBytes(32).toString('base64url');
    this.#passes.set(pass, seat);
    return pass;
  }

  #redeem(pass: string, origin: string | undefined): FrameSeat | undefined {
    const seat = this.#passes.get(pass);
    if (origin !== this.origin) return undefined;
    this.#passes.delete(pass);
    return seat;
  }
}

/** A socket of Node as the frames package wants it. */
export class NodeFrameSocket implements FrameSocket {
  onMessage: FrameSocket['onMessage'];
  onClose: FrameSocket['onClose'];
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data, isBinary) => {
      if (isBinary && data instanceof Buffer) this.onMessage?.(new Uint8Array(data));
      else this.onMessage?.(data.toString());
    });
    socket.once('close', (code, reason) => this.onClose?.(code, reason.toString()));
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  send(...messages: readonly (Uint8Array | string)[]): void {
    for (const message of messages) {
      if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(message);
    }
  }

  close(): void {
    this.#socket.close();
  }
}
