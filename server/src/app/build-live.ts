/** Wires `live`: its sockets, the relay behind the frames' own WebSocket, and media. */

import { availableParallelism } from 'node:os';
import { systemClock } from '@alongside/engagement';
import { MediaCallRooms } from '../live/call/media-call-rooms.js';
import { attachFrames } from '../live/frames/attach-frames.js';
import type { LimitInForce, Live } from '../live/index.js';
import { createLive } from '../live/index.js';
import type { LiveSettings } from './live-settings.js';
import type { Logger } from './logger.js';

export interface BuiltLive {
  readonly live: Live;
  readonly calls: MediaCallRooms;
  /** Resolves with the id of the node that serves already, should there be one. */
  readonly notAlone: Promise<string>;
}

export function buildLive(
  settings: LiveSettings,
  { logger, limits }: { readonly logger: Logger; readonly limits: readonly LimitInForce[] },
): BuiltLive {
  const { address, announcedAddress, port, workers } = settings.calls;
  const calls = new MediaCallRooms({
    listen: { address, announcedAddress, port, workers: workers ?? availableParallelism() },
    logger,
  });
  let onNotAlone: (other: string) => void = () => undefined;
  const notAlone = new Promise<string>((resolve) => {
    onNotAlone = resolve;
  });
  const live = createLive({
    nodeId: settings.nodeId,
    journal: settings.journal,
    publicUrl: settings.origin,
    listen: { host: settings.host, port: settings.port },
    allowedHosts: [new URL(settings.origin).hostname],
    ...(settings.tls === undefined ? {} : { tls: settings.tls }),
    trustedProxies: settings.trustedProxies,
    clock: systemClock,
    logger,
    calls,
    frames: attachFrames,
    onNotAlone,
    limitsInForce: () => limits,
  });
  return { live, calls, notAlone };
}
