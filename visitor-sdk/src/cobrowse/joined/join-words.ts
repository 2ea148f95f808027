/**
 * What a page and a frame of another origin in it say to each other, so that the frame is shown as part of the page.
 * One message to the window brings a port; everything after it goes over the port, which no other window has.
 */

import type { MaskingPolicy } from '@alongside/protocol';
import type { ConfirmReason } from '../control/confirmation.js';
import type { IncomingIntent, Lease } from '../control/intent-gate.js';

/**
 * From the frame's window, and nothing more than that: its script is there now, which may come long after its page.
 * The page around answers with an invitation.
 */
export const JOIN_HERE = 'alongside:frame:here';

/** The only message to the frame's window: the rules of the page hold in the frame beside its own. */
export const JOIN_OPEN = 'alongside:frame:open';

export interface JoinInvitation {
  readonly [JOIN_OPEN]: { readonly policies: readonly MaskingPolicy[] };
}

/** From the page, over the port: what an agent wants done in the frame. Its script judges it and carries it out. */
export type ActInFrame =
  /** Nodes are called by the frame's own numbers, and boxes lie in its own viewport. */
  | { readonly ask: 'act'; readonly intent: IncomingIntent; readonly name: string }
  /** The leases in force from now on: nothing is done under any other. */
  | { readonly ask: 'leases'; readonly leases: readonly Lease[] }
  /** What has come over the frame meanwhile prevents this act, if it is not done yet. */
  | { readonly ask: 'cease'; readonly slot: number; readonly ref: number }
  /** The agent at this place is gone. */
  | { readonly ask: 'leave'; readonly slot: number }
  /** A mark is no longer among the newest of all places. */
  | { readonly ask: 'forget'; readonly slot: number; readonly stroke: number }
  /** What the visitor has answered. */
  | { readonly ask: 'confirmed'; readonly question: number; readonly yes: boolean };

/** From the page, over the port. */
export type ToFrame =
  | ActInFrame
  /** The whole of the frame anew. */
  | { readonly ask: 'again' }
  | { readonly ask: 'assets'; readonly hashes: readonly string[] }
  /** Nobody watches any more: everything is taken out of the frame. */
  | { readonly ask: 'stop' };

/** From the frame: what became of an act, or what the visitor has to be asked before it. */
export type SaidOfActs =
  | { readonly kind: 'answer'; readonly slot: number; readonly body: unknown }
  | {
      readonly kind: 'confirm';
      readonly question: number;
      readonly slot: number;
      readonly reason: ConfirmReason;
      readonly label: string;
    };

/** From the frame, over the port: masked there, by its own rules. */
export type FromFrame =
  | SaidOfActs
  | { readonly kind: 'joined' }
  | { readonly kind: 'snapshot' | 'events'; readonly events: readonly unknown[] }
  | {
      readonly kind: 'asset';
      readonly hash: string;
      readonly contentType: string;
      readonly bytes?: Uint8Array<ArrayBuffer>;
    }
  /** The visitor takes back there what they have lent, or may not be watching any more. */
  | { readonly kind: 'doubt' }
  /** The frame's page is going away. */
  | { readonly kind: 'left' };
