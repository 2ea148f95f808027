/** What a client is told of ways to the media server: relays, and that it has to take one where the site says so. */

import type { CallSession, EngagementId, IceRoutes, Reply, TransportOffer } from '@alongside/protocol';
import { accept } from '@alongside/protocol';
import type { CallRelays } from '../../call-relays.js';

/** Of a site that wants calls relayed, there is none without a relay. */
export function isReachable(relays: CallRelays, { relayOnly }: { readonly relayOnly?: true }): boolean {
  return !relayOnly || relays.usable;
}

/** What the site wants is told to each who joins; sealing is theirs, and the keys are nobody else's. */
export function sealedSession(
  joined: Reply<CallSession>,
  { mediaSealed }: { readonly mediaSealed?: true },
): Reply<CallSession> {
  return joined.ok && mediaSealed ? accept({ ...joined.value, sealed: true }) : joined;
}

/** A relay speaks UDP to the media server, so that whoever must use one is told of no other candidates. */
export function routedSession(
  joined: Reply<CallSession>,
  { relays, engagement }: { readonly relays: CallRelays; readonly engagement: Routed },
): Reply<CallSession> {
  if (!joined.ok) return joined;
  const { send, receive } = joined.value;
  const straight = { ...joined.value, ...serversFor(relays, engagement) };
  if (!engagement.relayOnly) return accept(straight);
  return accept({ ...straight, relayOnly: true, send: relayed(send), receive: relayed(receive) });
}

/** Names and passwords of before may have run out meanwhile. */
export function routedRestart<T extends object>(
  restarted: Reply<T>,
  { relays, engagement }: { readonly relays: CallRelays; readonly engagement: Routed },
): Reply<T & IceRoutes> {
  return restarted.ok ? accept({ ...restarted.value, ...serversFor(relays, engagement) }) : restarted;
}

interface Routed {
  readonly engagementId: EngagementId;
  readonly relayOnly?: true;
}

function serversFor(relays: CallRelays, { engagementId }: Routed): IceRoutes {
  const iceServers = relays.serversFor(engagementId);
  return iceServers.length === 0 ? {} : { iceServers };
}

function relayed(offer: TransportOffer): TransportOffer {
  return { ...offer, iceCandidates: offer.iceCandidates.filter(({ protocol }) => protocol === 'udp') };
}
