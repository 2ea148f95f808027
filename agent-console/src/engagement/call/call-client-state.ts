/** What a call shows and what it is made with: known to the client and to its media alike. */

import type { EngagementId, MediaSource } from '@alongside/protocol';
import type { Failure } from '../../app/failure.js';
import type { LiveConnection } from '../../live/live-connection.js';
import type { DeviceTrouble } from './device-trouble.js';

export interface OwnSource {
  readonly state: 'off' | 'starting' | 'on' | 'muted';
  readonly trouble?: DeviceTrouble;
}

export interface RemoteTrack {
  readonly producerId: string;
  readonly source: MediaSource;
  readonly track: MediaStreamTrack;
  readonly muted: boolean;
}

export interface CallClientState {
  readonly link: 'idle' | 'joining' | 'joined' | 'rejoining' | 'failed';
  readonly failure?: Failure;
  readonly microphone: OwnSource;
  readonly camera: OwnSource;
  readonly ownPicture?: MediaStreamTrack;
  readonly remote: readonly RemoteTrack[];
}

export interface CallClientDeps {
  readonly engagementId: EngagementId;
  readonly live: LiveConnection;
}
