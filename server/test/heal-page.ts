/** What both pages of a call that is hurt share: what of the other side arrives, whatever transports it comes by. */

import type { CallGrade } from '@alongside/engagement';
import type { ShownSize } from '@alongside/protocol';

export interface Received {
  readonly packets: number;
  readonly pictures: number;
  /** Of the last picture, in its own pixels. */
  readonly width: number;
  /** Of the voice: how much of it was loud, and how many of its packets did not come. */
  readonly energy: number;
  readonly lost: number;
}

declare global {
  interface Window {
    /** A ticket for whoever asks from this page. */
    askTicket(): Promise<{
      readonly ticket: string;
      readonly liveUrl: string;
      readonly engagementId: string;
    }>;
    healPage: HealPage;
  }
}

/** What people see of how the visitor's line fares. */
export interface Told {
  readonly grade: CallGrade | undefined;
  /** That their own picture is not sent. */
  readonly rests: boolean;
  /** That the other one's picture stands still. */
  readonly isStill: boolean;
}

export interface HealPage {
  /** Resolves when the session is open. */
  open(): Promise<void>;
  /** The agent calls; the visitor says yes to every call by itself. */
  call(): Promise<void>;
  received(): Promise<Received>;
  /** How large this side shows the other one's picture. */
  show(shown: ShownSize): void;
  /** How the call stands, in the words of the client; of one that is given up, why. */
  state(): string;
  /** How often the session was opened. */
  opened(): number;
  told(): Told;
  /** From which its connections send. */
  ports(): Promise<readonly number[]>;
  throttle(isInBackground: boolean): void;
  /** Of the connections that go by a relay, how each reaches it. */
  relayed(): Promise<readonly string[]>;
  /** Resolves once the line was taken, tried again as the panel and the console do. */
  say(text: string): Promise<void>;
  /** The agent asks to see the visitor's page; the visitor says yes by itself. */
  watch(): Promise<void>;
  /** Another paragraph on the visitor's page. */
  write(text: string): void;
  /** Whether the agent has been shown it. */
  hasRead(text: string): boolean;
}

const AGAIN_MS = 100;
const nativeTimeout = window.setTimeout.bind(window);
let longestRate = 0;
window.setTimeout = ((run: () => void, ms = 0) =>
  nativeTimeout(run, Math.max(ms, longestRate))) as unknown as typeof window.setTimeout;

/** Timers as a tab in the background has them, at most once a second; a browser without a screen hides no tab. */
export function throttle(isInBackground: boolean): void {
  longestRate = isInBackground ? 1000 : 0;
}

const peers = new Set<RTCPeerConnection>();
/** A voice that nobody listens to is not decoded. */
const listening: HTMLAudioElement[] = [];
const NativePeer = window.RTCPeerConnection;
window.RTCPeerConnection = class extends NativePeer {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    peers.add(this);
    this.addEventListener('track', ({ track }) => {
      if (track.kind === 'audio') listen(track);
    });
  }
};

function listen(track: MediaStreamTrack): void {
  const audio = new Audio();
  audio.srcObject = new MediaStream([track]);
  audio.play().catch(() => undefined);
  listening.push(audio);
}

/** Over all connections that are open: of one that was closed nothing arrives any more. */
export async function received(): Promise<Received> {
  const all = { packets: 0, pictures: 0, width: 0, energy: 0, lost: 0 };
  for (const peer of peers) {
    if (peer.connectionState === 'closed') peers.delete(peer);
    else {
      for (const entry of (await peer.getStats()).values()) {
        if (entry.type !== 'inbound-rtp') continue;
        if (entry.kind === 'audio') {
          all.packets += entry.packetsReceived;
          all.energy += entry.totalAudioEnergy;
          all.lost += entry.packetsLost;
        } else {
          all.pictures += entry.framesDecoded;
          all.width = entry.frameWidth ?? all.width;
        }
      }
    }
  }
  return all;
}

export async function ports(): Promise<readonly number[]> {
  const reports = await Promise.all([...peers].map((peer) => peer.getStats()));
  return reports
    .flatMap((report) => [...report.values()])
    .flatMap(({ type, port }) => (type === 'local-candidate' && typeof port === 'number' ? [port] : []));
}

export async function relayed(): Promise<readonly string[]> {
  const ways: string[] = [];
  for (const peer of peers) {
    if (peer.connectionState !== 'connected') continue;
    const stats = await peer.getStats();
    for (const { type, selectedCandidatePairId } of stats.values()) {
      const pair = type === 'transport' ? stats.get(selectedCandidatePairId) : undefined;
      // Behind the network a relay's own address is another one, and its kind says nothing of that.
      const over = stats.get(pair?.localCandidateId)?.relayProtocol;
      if (over !== undefined) ways.push(over);
    }
  }
  return ways;
}

/** With one name, so that it stands once however often it is sent. */
export async function untilTaken(send: (lineId: string) => Promise<{ readonly ok: boolean }>): Promise<void> {
  const lineId = crypto.randomUUID();
  while (!(await send(lineId)).ok) await new Promise((resolve) => nativeTimeout(resolve, AGAIN_MS));
}
