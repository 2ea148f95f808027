/** What all gateways are built with. */

import type { Clock } from '@alongside/engagement';
import type { CallAvailability, SessionEndReason, StorageState } from '@alongside/protocol';
import type { EngagementDirectory } from '../engagement/engagement-directory.js';
import type { EngagementRunner } from '../engagement/engagement-runner.js';
import type { LiveCounts } from '../live-counts.js';
import type { LiveLogger } from '../live-logger.js';
import type { ResumePasses } from '../tickets/resume-passes.js';
import type { Admission } from './admission.js';
import type { ClientAddress } from './client-address.js';
import type { CommandDeps } from './commands/command-deps.js';
import type { DoorKeeper } from './door-keeper.js';

export interface GatewayDeps {
  readonly admission: Admission;
  readonly passes: ResumePasses;
  readonly directory: EngagementDirectory;
  readonly runner: EngagementRunner;
  readonly commands: CommandDeps;
  readonly counts: LiveCounts;
  readonly logger: LiveLogger;
  readonly clock: Clock;
  readonly addressOf: ClientAddress;
  readonly door: DoorKeeper;
  status(): { readonly calls: CallAvailability; readonly storage: StorageState };
  /** The whole service is closing: lost connections mean nothing any more. */
  isClosing(): boolean;
}

export type SessionEnd = SessionEndReason;

/** Says why, and closes after what was said before it has left. */
export function endSession(
  socket: {
    emit(event: 'session:ended', fact: { reason: SessionEnd }): unknown;
    disconnect(close: true): unknown;
  },
  reason: SessionEnd,
): void {
  socket.emit('session:ended', { reason });
  // A reply to the command that caused this is written in this turn; it goes first.
  setImmediate(() => socket.disconnect(true));
}
