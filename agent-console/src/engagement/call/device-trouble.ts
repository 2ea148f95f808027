/** Why a microphone or camera cannot be used, told apart so that a person knows what to do about it. */

import type { DeviceFault } from '@alongside/engagement';
import { deviceFaultOf } from '@alongside/engagement';

/** `unsupported`: the browser has no such thing here, as off a secure context. */
export type DeviceTrouble = DeviceFault | 'unsupported';

export function readDeviceTrouble(error: unknown): DeviceTrouble {
  // By its name and words alone: not everything that browsers throw here is an error.
  const thrown = error as { readonly name?: unknown; readonly message?: unknown } | null | undefined;
  const name = String(thrown?.name ?? '');
  if (name === 'NotSupportedError' || name === 'TypeError') return 'unsupported';
  // The console's own page forbids none.
  return deviceFaultOf({ name, message: String(thrown?.message ?? ''), pageForbids: false });
}

/** Whether plugging in, allowing or closing something elsewhere may end it. */
export function mayMend(trouble: DeviceTrouble | undefined): boolean {
  return trouble !== undefined && ['missing', 'unplugged', 'refused', 'system', 'busy'].includes(trouble);
}
