/** Why a microphone or camera cannot be used, told apart so that a person knows what to do about it. */

import type { DeviceFault } from '@alongside/engagement';
import { deviceFaultOf } from '@alongside/engagement';

/** `unsupported`: the browser has no such thing here, as off a secure context. */
export type DeviceTrouble = DeviceFault | 'unsupported';

/**
 * In a call as well. `held`: silent by a hand that is not the agent's, as by a headset's switch or another program;
 * `elsewhere`: their voice is given in another call, and is not to be heard in two.
 */
export type TroubleInCall = DeviceTrouble | 'held' | 'elsewhere';

export function readDeviceTrouble(error: unknown): DeviceTrouble {
  // By its name and words alone: not everything that browsers throw here is an error.
  const thrown = error as { readonly name?: unknown; readonly message?: unknown } | null | undefined;
  const name = String(thrown?.name ?? '');
  if (name === 'NotSupportedError' || name === 'TypeError') return 'unsupported';
  // The console's own page forbids none.
  return deviceFaultOf({ name, message: String(thrown?.message ?? ''), pageForbids: false });
}

/** Whether plugging in, allowing or closing something elsewhere may end it. */
export function mayMend(trouble: TroubleInCall | undefined): boolean {
  return (
    trouble !== undefined && ['missing', 'unplugged', 'refused', 'system', 'busy', 'held'].includes(trouble)
  );
}
