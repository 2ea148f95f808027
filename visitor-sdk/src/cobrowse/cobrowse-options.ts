/** What co-browse needs of the page's panel and of the sealed stream towards the agents. */

import type { IntentRefusal, MaskingPolicy } from '@alongside/protocol';
import type { PageAsset } from './assets/page-assets.js';
import type { ConfirmRequest } from './control/confirmation.js';
import type { ControlPart } from './control/control-part.js';
import type { IncomingIntent, LeaseView } from './control/intent-gate.js';
import type { PageBox } from './control/page-geometry.js';
import type { MovingPart } from './moving/moving-part.js';

/** The sealed stream towards the agents, as far as co-browse needs it; `FrameSender` of the frames package fits. */
export interface CobrowseSender {
  readonly behind: boolean;
  /** Whether it has any use for the text of a snapshot; it has, unless it says otherwise. */
  readonly wantsText?: boolean;
  send(events: readonly unknown[]): void;
  snapshot(events: readonly unknown[], json?: string): boolean;
  resync(how?: { readonly urgent: boolean }): void;
  answer(slot: number, body: unknown): void;
  sendAsset(slot: number, asset: PageAsset): void;
  viewAgeMs(seen: { readonly epoch: number; readonly sequence: number }): number | undefined;
}

export interface CobrowseHooks {
  /** What the visitor is shown beside the agent's pointer. */
  agentName(slot: number): string;
  /** Asks the visitor whether the agent may press or open this; false when they do not answer in time. */
  confirm(request: ConfirmRequest & { readonly slot: number }): Promise<boolean>;
  /** Places of the agents who see the page now. */
  watchers(): readonly number[];
  /** What is marked has to be seen: the panel gives way as far as it can, and tells what of the page it covers then. */
  clear?(marks: readonly PageBox[]): readonly PageBox[];
  /** Says aloud what somebody said with a mark, for a visitor who does not see it. */
  say(message: string, by: { readonly slot: number; readonly name: string }): void;
  /** The visitor may no longer be watching, or is leaving: nothing may go on being lent. */
  onDoubt(): void;
  /** Something was done, or refused, on the visitor's page: for the panel's own account. */
  onIntent?(happened: {
    readonly slot: number;
    readonly kind: IncomingIntent['intent'];
    readonly refusal?: IntentRefusal;
  }): void;
}

export interface CobrowseOptions {
  readonly window: Window & typeof globalThis;
  /** The site's rules; of several, the strictest counts at each element. */
  readonly policy: MaskingPolicy | readonly MaskingPolicy[];
  /** Alongside's own elements, by identity: never recorded, pointed at or acted on. */
  readonly excluded: readonly Element[];
  readonly sender: CobrowseSender;
  readonly leases: LeaseView;
  /** What acts and draws on the page, loaded with the first use. */
  readonly control: () => Promise<ControlPart>;
  /** Origins of the site: frames of them show themselves, where they carry the frame's script. */
  readonly origins?: readonly string[];
  /** Without it images, canvases, videos and frames of other origins stay covered. */
  readonly moving?: () => Promise<MovingPart>;
  /** The visitor's clock, as leases are measured by. */
  now(): number;
  readonly hooks: CobrowseHooks;
}
