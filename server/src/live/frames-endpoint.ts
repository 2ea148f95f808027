/**
 * The seat of the frames' own WebSocket: `live` owns the HTTP server and the passes, the endpoint owns the
 * connections after their upgrade. Built by a factory, so that the gateway never knows the relay.
 */

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '@alongside/engagement';
import type { LiveLogger } from './live-logger.js';
import type { FrameAttendance, FrameDoor, FrameGate, FrameSeat } from './relay/ports.js';

/** The path of the frames' WebSocket on the live server. */
export const FRAMES_PATH = '/frames';

export interface FramesDeps {
  readonly gate: FrameGate;
  readonly attendance: FrameAttendance;
  /** Takes a one-time pass; undefined when it is unknown, used, expired or of another origin. */
  redeem(pass: string, origin: string | undefined): FrameSeat | undefined;
  /** The network that a request comes from, which limits are kept for. */
  networkOf(request: IncomingMessage): string;
  readonly steadyClock: Clock;
  readonly logger: LiveLogger;
}

export interface FramesEndpoint extends FrameDoor {
  /** Takes over an HTTP upgrade for `FRAMES_PATH`; the `Host` was checked already. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Numbers for `/health` and for people who operate it. */
  counts(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

export type AttachFrames = (deps: FramesDeps) => FramesEndpoint;
