/** The closed list of what can be wrong with a frame or a hello, and the value that carries it. */

export type FrameFault =
  /** The bytes are no frame of this protocol, or are of a kind that this side never receives. */
  | 'notAFrame'
  | 'tooLarge'
  /** Sealed under an epoch whose key this side does not have. */
  | 'unknownEpoch'
  /** A slot without an agreed key. */
  | 'unknownSlot'
  /** Not sealed by whom it says, not for this engagement, or changed on the way. */
  | 'notAuthentic'
  /** Its sequence was already taken. */
  | 'replayed'
  /** Sealed by the right peer, but its body is not what its kind asks for. */
  | 'malformed'
  /** The kind in the sealed body is not the kind in the clear header. */
  | 'kindMismatch'
  /** It inflates to more than it says, or more than is allowed. */
  | 'inflatesTooFar'
  /** The key that was revealed is not the one that was committed to. */
  | 'commitMismatch'
  /** A hello that does not belong to this step of the agreement. */
  | 'wrongStep';

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: FrameFault };

export function done<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function faulty(fault: FrameFault): { readonly ok: false; readonly fault: FrameFault } {
  return { ok: false, fault };
}
