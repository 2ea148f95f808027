import type { DeviceSource } from '@alongside/protocol';

/** The same set with this device in it, or without it. */
export function toggled(
  set: ReadonlySet<DeviceSource>,
  source: DeviceSource,
  on: boolean,
): ReadonlySet<DeviceSource> {
  const next = new Set(set);
  if (on) next.add(source);
  else next.delete(source);
  return next;
}
