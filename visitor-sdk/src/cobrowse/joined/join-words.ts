/**
 * What a page and a frame of another origin in it say to each other, so that the frame is shown as part of the page.
 * One message to the window brings a port; everything after it goes over the port, which no other window has.
 */

import type { MaskingPolicy } from '@alongside/protocol';

/** The only message to the frame's window: the rules of the page hold in the frame beside its own. */
export const JOIN_OPEN = 'alongside:frame:open';

export interface JoinInvitation {
  readonly [JOIN_OPEN]: { readonly policies: readonly MaskingPolicy[] };
}

/** From the page, over the port. */
export type ToFrame =
  /** The whole of the frame anew. */
  | { readonly ask: 'again' }
  | { readonly ask: 'assets'; readonly hashes: readonly string[] }
  /** Nobody watches any more: everything is taken out of the frame. */
  | { readonly ask: 'stop' };

/** From the frame, over the port: masked there, by its own rules. */
export type FromFrame =
  | { readonly kind: 'joined' }
  | { readonly kind: 'snapshot' | 'events'; readonly events: readonly unknown[] }
  | {
      readonly kind: 'asset';
      readonly hash: string;
      readonly contentType: string;
      readonly bytes?: Uint8Array<ArrayBuffer>;
    }
  /** The frame's page is going away. */
  | { readonly kind: 'left' };
