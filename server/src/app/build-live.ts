/** Wires `live`: its sockets, the relay behind the frames' own WebSocket, and media. */

import { availableParallelism, networkInterfaces } from 'node:os';
import { systemClock } from '@alongside/engagement';
import { MediaCallRooms } from '../live/call/media-call-rooms.js';
import { TurnRelays } from '../live/call/turn-relays.js';
import { attachFrames } from '../live/frames/attach-frames.js';
import type { LimitInForce, Live } from '../live/index.js';
import { createLive } from '../live/index.js';
import type { LiveSettings } from './live-settings.js';
import type { Logger } from './logger.js';
import { placesHere } from './media-places.js';

export interface BuiltLive {
  readonly live: Live;
  readonly calls: MediaCallRooms;
  readonly relays: TurnRelays | undefined;
  /** Resolves with the id of the node that serves already, should there be one. */
  readonly notAlone: Promise<string>;
}

export function buildLive(
  settings: LiveSettings,
  { logger, limits }: { readonly logger: Logger; readonly limits: readonly LimitInForce[] },
): BuiltLive {
  const { port, turn, workers = availableParallelism() } = settings.calls;
  const [place = { address: settings.host, announcedAddress: undefined }, ...beside] = placesHere(
    settings.calls.places,
    familiesHere(),
  );
  const calls = new MediaCallRooms({ listen: { ...place, beside, port, workers }, logger });
  const relays = turn === undefined ? undefined : new TurnRelays(turn, { logger, clock: systemClock });
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
    steadyClock: performance,
    logger,
    calls,
    ...(relays === undefined ? {} : { relays }),
    frames: attachFrames,
    onNotAlone,
    limitsInForce: () => limits,
  });
  return { live, calls, relays, notAlone };
}

function familiesHere(): ReadonlySet<string> {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return new Set(addresses.map(({ family }) => family));
}
