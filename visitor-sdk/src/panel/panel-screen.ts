/** Which screen of the panel is due. */

import type { EngagementPhase } from '@alongside/protocol';

export type Screen = 'start' | 'joining' | 'waiting' | 'chat' | 'survey' | 'receipt';

export interface PanelState {
  /** The engagement is over, with or without a survey that may still be answered. */
  readonly ended: { readonly survey: boolean } | undefined;
  readonly hasSession: boolean;
  /** The receipt was asked for while the conversation goes on. */
  readonly showsData: boolean;
  /** Unknown until the connection has told it. */
  readonly phase: EngagementPhase | undefined;
  readonly hasLines: boolean;
}

export function screenOf({ ended, hasSession, showsData, phase, hasLines }: PanelState): Screen {
  if (ended !== undefined) return ended.survey ? 'survey' : 'receipt';
  if (!hasSession) return 'start';
  if (showsData) return 'receipt';
  if (phase === undefined) return hasLines ? 'waiting' : 'joining';
  return phase === 'waiting' || phase === 'offered' ? 'waiting' : 'chat';
}
