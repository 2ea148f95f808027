/** A call that is sealed from end to end, as either side's media code sees it: the worker, and the keys it is given. */

import type { CallKeyStep, MediaParameters, Party } from '@alongside/protocol';
import { AgentMediaKeys } from './agent-media-keys.js';
import type { MediaKeysDeps } from './media-key-steps.js';
import type { MediaWorker } from './media-port.js';
import { MediaPort } from './media-port.js';
import type { MediaCounts, StreamPlace } from './media-streams.js';
import { VisitorMediaKeys } from './visitor-media-keys.js';

/** Their clear bytes are known; whatever else could be agreed on is not offered. */
const SEALED_CODECS: ReadonlySet<string> = new Set(['audio/opus', 'video/vp8']);

/** Six digits that both may compare, and of a visitor's page with whom. */
export interface SealCode {
  readonly code: string;
  readonly agentId?: string;
}

export interface CallSealingStart {
  readonly party: Party;
  /** The engagement and the call. */
  readonly place: string;
  readonly spawn: () => MediaWorker;
  readonly send: (step: CallKeyStep) => void;
  /** One for each of the others. */
  readonly onCodes: (codes: readonly SealCode[]) => void;
}

export interface CallSealing {
  /** What connections have to be made with. */
  readonly connectionSettings: object;
  /** Leads what is sent or received through the worker; before a frame of it can have passed. */
  lead(end: RTCRtpSender | RTCRtpReceiver, place: StreamPlace): void;
  take(step: CallKeyStep, agentId?: string): void;
  /** Of a visitor's page: who is in the call still. */
  keepAgents(present: ReadonlySet<string>): void;
  /** At each join, and whenever steps may have been lost. */
  agree(): void;
  counts(): Promise<MediaCounts>;
  close(): void;
}

/** Undefined where this browser, or the page's policy, has no way: then nothing is sent, least of all in the clear. */
export async function startCallSealing(start: CallSealingStart): Promise<CallSealing | undefined> {
  const port = await MediaPort.start(start.spawn);
  if (port === undefined) return undefined;
  const codes = new Map<string, SealCode>();
  const tell = (): void => start.onCodes([...codes.values()]);
  const deps = {
    place: start.place,
    ring: port,
    send: start.send,
    onAgreed: ({ peer, code, agentId }: Parameters<MediaKeysDeps['onAgreed']>[0]): void => {
      codes.set(peer, { code, ...(agentId === undefined ? {} : { agentId }) });
      tell();
    },
    onGone: (peer: string): void => {
      if (codes.delete(peer)) tell();
    },
  };
  const keys = start.party === 'visitor' ? new VisitorMediaKeys(deps) : new AgentMediaKeys(deps);
  return {
    connectionSettings: port.connectionSettings,
    lead: (end, place) => port.lead(end, place),
    take: (step, agentId) => keys.take(step, agentId),
    keepAgents: (present) => {
      if (keys instanceof VisitorMediaKeys) keys.keepAgents(present);
    },
    agree: () => keys.start(),
    counts: () => port.counts(),
    close: () => {
      keys.close();
      port.close();
    },
  };
}

/** Of what a media server can do, what can be sealed. */
export function sealableCapabilities(router: MediaParameters): MediaParameters {
  const codecs = Array.isArray(router.codecs) ? (router.codecs as readonly OfferedCodec[]) : [];
  const kept = codecs.filter(({ mimeType }) => SEALED_CODECS.has(mimeType.toLowerCase()));
  const payloads = new Set(kept.map(({ preferredPayloadType }) => preferredPayloadType));
  const repairs = codecs.filter(
    ({ mimeType, parameters }) => mimeType.toLowerCase().endsWith('/rtx') && payloads.has(parameters?.apt),
  );
  return { ...router, codecs: [...kept, ...repairs] };
}

interface OfferedCodec {
  readonly mimeType: string;
  readonly preferredPayloadType?: number;
  readonly parameters?: { readonly apt?: number };
}
