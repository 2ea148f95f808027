/** What a run planted and sent, and what the detectors therefore look for. It lives in memory only. */

/** Twenty-four characters of [a-z0-9] from the system's random source, one for each channel and run. */
export interface Canary {
  readonly channel: string;
  readonly token: string;
}

export type SealedKind = 'frame' | 'resend' | 'intent' | 'asset' | 'key';

/** What a browser put on the wire or took from it, without the clear header. */
export interface SealedBody {
  readonly from: 'visitor' | 'agent';
  readonly kind: SealedKind;
  readonly epoch: number;
  readonly sequence: number;
  readonly bytes: Uint8Array;
}

/**
 * Of a call: what a browser encoded before it was encrypted, or took after it was decrypted; or what a datagram to
 * `live` or from it carried on the wire, encrypted.
 */
export interface MediaBody {
  readonly who: 'visitor' | 'agent' | 'live';
  readonly way: 'sent' | 'received';
  readonly kind: 'voice' | 'picture' | 'packet';
  readonly bytes: Uint8Array;
}

export interface Wanted {
  readonly canaries: readonly Canary[];
  readonly bodies: readonly SealedBody[];
  /** Raw keys of senders: 32 bytes each. */
  readonly keys: readonly Uint8Array[];
  /** Of a run with a call. */
  readonly media?: readonly MediaBody[];
}
