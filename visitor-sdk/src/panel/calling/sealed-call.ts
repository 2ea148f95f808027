/** A call that is sealed from end to end: its keys, which outlast a join, and what its people may compare. */

import { passStep } from '@alongside/engagement';
import { CallSeal, type CallSealing, type SealCode } from '@alongside/frames';
import type { CallKeyStep } from '@alongside/protocol';
import { isRetryable } from '@alongside/protocol';
import { signal } from '@preact/signals';
import { unattended } from '../../embedding/page-guard.js';
import type { PanelParts } from '../../embedding/panel-parts.js';
import type { EngagementSession } from '../session/engagement-session.js';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export class SealedCall {
  /** Undefined of a call that is not sealed. */
  readonly codes = signal<readonly SealCode[] | undefined>(undefined);
  readonly keys: CallSeal;

  constructor(parts: PanelParts) {
    this.keys = new CallSeal({
      load: async () => (await parts.sealing()).startSealing,
      onCodes: (codes) => {
        this.codes.value = codes;
      },
    });
  }

  join(session: EngagementSession, callId: string): Promise<CallSealing | undefined> {
    return this.keys.join(placeOf(session, callId), (step) => unattended(this.#pass(session, step, callId)));
  }

  allowsOpen(session: EngagementSession, callId: string): boolean {
    return this.keys.allowsOpen(placeOf(session, callId));
  }

  #pass(session: EngagementSession, step: CallKeyStep, callId: string): Promise<void> {
    const send = async (): Promise<boolean> => {
      const passed = await session.command('call:passKeys', step);
      return !passed.ok && isRetryable(passed.refusal.code);
    };
    const isWanted = (): boolean => {
      const call = session.engagement.peek()?.call;
      return call?.state === 'on' && call.callId === callId && this.codes.peek() !== undefined;
    };
    return passStep(step, send, { isWanted, wait });
  }
}

function placeOf(session: EngagementSession, callId: string): string {
  return `${session.engagement.peek()?.engagementId}.${callId}`;
}
