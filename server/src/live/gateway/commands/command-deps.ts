/** What commands work with. */

import type { Clock, Engagement } from '@alongside/engagement';
import type { Done, Reply } from '@alongside/protocol';
import { accept } from '@alongside/protocol';
import type { CallRelays } from '../../call-relays.js';
import type { CallRooms } from '../../call-rooms.js';
import type { Desk } from '../../desk/desk.js';
import type { CallSamples } from '../../engagement/call-samples.js';
import type { ChatLines } from '../../engagement/chat-lines.js';
import type { ChatTyping } from '../../engagement/chat-typing.js';
import type { EngagementDirectory } from '../../engagement/engagement-directory.js';
import type { EngagementRunner } from '../../engagement/engagement-runner.js';
import type { OpenOffers } from '../../engagement/open-offers.js';
import type { FramePasses } from '../../tickets/frame-passes.js';
import type { Announcer } from '../announcer.js';
import type { OneVoice } from './one-voice.js';

export interface CommandDeps {
  readonly directory: EngagementDirectory;
  readonly runner: EngagementRunner;
  readonly chat: ChatLines;
  readonly typing: ChatTyping;
  readonly desk: Desk;
  readonly calls: CallRooms;
  readonly relays: CallRelays;
  readonly voices: OneVoice;
  readonly framePasses: FramePasses;
  readonly announcer: Announcer;
  readonly samples: CallSamples;
  readonly offers: OpenOffers;
  readonly clock: Clock;
  framesUrl(): string;
}

/** A reply that only says whether it was done. */
export function done(reply: Reply<Engagement>): Reply<Done> {
  return reply.ok ? accept({}) : reply;
}
