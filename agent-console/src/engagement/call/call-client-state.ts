/** What a call shows and what it is made with: known to the client and to its media alike. */

import type { CallMember, MediaWay, PictureRation, Speaker } from '@alongside/engagement';
import type { SealCode } from '@alongside/frames';
import type { AgentId, CallMeasured, DeviceSource, EngagementId, MediaSource } from '@alongside/protocol';
import type { Failure } from '../../app/failure.js';
import type { LiveConnection } from '../../live/live-connection.js';
import type { AgentDevices } from './agent-devices.js';
import type { TroubleInCall } from './device-trouble.js';

export interface OwnSource {
  readonly state: 'off' | 'starting' | 'on' | 'muted';
  readonly trouble?: TroubleInCall;
}

export interface RemoteTrack {
  readonly producerId: string;
  /** Of the agents, whose it is; without it, it is the visitor's. */
  readonly agentId?: AgentId;
  readonly source: MediaSource;
  readonly track: MediaStreamTrack;
  readonly muted: boolean;
}

export interface CallClientState {
  /** `elsewhere`: this agent is in the call in another window. */
  readonly link: 'idle' | 'joining' | 'joined' | 'rejoining' | 'elsewhere' | 'failed' | 'hungUp';
  readonly failure?: Failure;
  readonly microphone: OwnSource;
  readonly camera: OwnSource;
  readonly ownVoice?: MediaStreamTrack;
  readonly ownPicture?: MediaStreamTrack;
  readonly remote: readonly RemoteTrack[];
  readonly speakers: readonly Speaker[];
  /** How much of the own picture this window's line bears. */
  readonly ration: PictureRation;
  /** The visitor's picture is awaited and does not move. */
  readonly isStill: boolean;
  /** Of a call that is sealed, what its people may compare; undefined of any other. */
  readonly codes?: readonly SealCode[] | undefined;
  /** Who is out of the call for what came from their device. */
  readonly flooded?: CallMember | undefined;
  /** What this window measures of its own way, and what the visitor's page says of theirs. */
  readonly ours: CallMeasured;
  readonly theirs: CallMeasured;
}

export const idle: CallClientState = {
  link: 'idle',
  microphone: { state: 'off' },
  camera: { state: 'off' },
  remote: [],
  speakers: [],
  ration: 'all',
  isStill: false,
  ours: {},
  theirs: {},
};

/** What a join begins with, and what is left of one that failed. Who is out stays out of this call, and not of the next. */
export function kept(link: CallClientState['link']): (state: CallClientState) => CallClientState {
  return ({ microphone, camera, codes, flooded }) => ({
    ...{ ...idle, link, microphone, camera, codes },
    ...(link !== 'joining' && { flooded }),
  });
}

/** How an own device stands now, with the track that it gives. */
export function withOwn(
  source: DeviceSource,
  own: OwnSource,
  track: MediaStreamTrack | undefined,
): (state: CallClientState) => CallClientState {
  return ({ ownPicture, ownVoice, ...state }) => {
    const before = source === 'camera' ? ownPicture : ownVoice;
    const now = own.state === 'off' ? undefined : (track ?? before);
    const picture = source === 'camera' ? now : ownPicture;
    const voice = source === 'microphone' ? now : ownVoice;
    return {
      ...state,
      [source]: own,
      ...(picture === undefined ? {} : { ownPicture: picture }),
      ...(voice === undefined ? {} : { ownVoice: voice }),
    };
  };
}

export function linkOf(way: MediaWay, before: CallClientState['link']): CallClientState['link'] {
  if (way === 'through') return 'joined';
  if (way === 'interrupted') return 'rejoining';
  return before === 'joined' ? 'joining' : before;
}

export interface CallClientDeps {
  readonly engagementId: EngagementId;
  readonly live: Pick<LiveConnection, 'send'>;
  /** Of the window: what is picked in one call is picked in the next. */
  readonly devices?: AgentDevices;
}
