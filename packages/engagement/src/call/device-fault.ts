/** Why a microphone or a camera cannot be had, told apart so that a person knows what to do about it. */

export type DeviceFault =
  /** There is none. */
  | 'missing'
  /** There was one, which is gone, and there is no other. */
  | 'unplugged'
  /** The person said no, now or once for this site. */
  | 'refused'
  /** The operating system allows it to no program, or not to this browser. */
  | 'system'
  /** The page's own policy keeps devices from everything on it; no answer of a person changes that. */
  | 'page'
  /** Another program has it. */
  | 'busy'
  | 'failed';

export interface DeviceFailure {
  readonly name: string;
  readonly message: string;
  /** By its permissions policy, as far as the browser tells. */
  readonly pageForbids: boolean;
}

export function deviceFaultOf({ name, message, pageForbids }: DeviceFailure): DeviceFault {
  switch (name) {
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'SecurityError':
      return 'page';
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      if (pageForbids) return 'page';
      // Chromium's words; a browser that has none of its own for this is taken to have asked the person.
      return /\bby system\b/i.test(message) ? 'system' : 'refused';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}
