/** How a client is to make the transports of a call: what the service offers, in the words of mediasoup's client. */

import type { CallSession, IceServer, MediaParameters, TransportOffer } from '@alongside/protocol';

/** What only mediasoup and its client know passes through as it is. */
export interface TransportWish {
  readonly id: string;
  readonly iceParameters: MediaParameters;
  readonly iceCandidates: readonly MediaParameters[];
  readonly dtlsParameters: MediaParameters;
  readonly iceServers: Relay[];
  readonly iceTransportPolicy?: 'relay';
}

interface Relay {
  readonly urls: string[];
  readonly username: string;
  readonly credential: string;
}

export function transportOptions(
  { transportId, iceParameters, iceCandidates, dtlsParameters }: TransportOffer,
  { iceServers = [], relayOnly }: Pick<CallSession, 'iceServers' | 'relayOnly'>,
): TransportWish {
  return {
    ...{ id: transportId, iceParameters, iceCandidates, dtlsParameters },
    iceServers: relaysOf(iceServers),
    ...(relayOnly ? { iceTransportPolicy: 'relay' } : {}),
  };
}

/** Lists that a browser may call its own. */
export function relaysOf(iceServers: readonly IceServer[]): Relay[] {
  return iceServers.map((server) => ({ ...server, urls: [...server.urls] }));
}
