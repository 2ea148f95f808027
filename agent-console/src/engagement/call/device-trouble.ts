/** Why a microphone or camera cannot be used, told apart so that a person knows what to do about it. */

export type DeviceTrouble =
  /** The person or the browser's settings said no. */
  | 'denied'
  /** There is none. */
  | 'missing'
  /** Another program has it, or it does not start. */
  | 'busy'
  /** The browser has no such thing here, as off a secure context. */
  | 'unsupported'
  | 'unknown';

export function readDeviceTrouble(error: unknown): DeviceTrouble {
  // By its name alone: not everything that browsers throw here is an error.
  const name = (error as { readonly name?: unknown } | null | undefined)?.name;
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
    case 'PermissionDeniedError':
      return 'denied';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy';
    case 'NotSupportedError':
    case 'TypeError':
      return 'unsupported';
    default:
      return 'unknown';
  }
}
