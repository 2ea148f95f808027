/** What this browser can send and take in a call. */

import { LastLoaded } from '@alongside/engagement';
import { holdsCalls, mediaTransforms, sealableCapabilities } from '@alongside/frames';
import type { CallSession } from '@alongside/protocol';
import type { types } from 'mediasoup-client';
import { Device } from 'mediasoup-client';

/** Undefined where the browser has no WebRTC, or one that nothing is known of. */
export function newDevice(): Device | undefined {
  try {
    return holdsCalls() ? new Device() : undefined;
  } catch {
    return undefined;
  }
}

/** What a browser can send and take is asked of connections that are made for it alone: once for all calls of a kind. */
const devices = new LastLoaded(async (routerRtpCapabilities: types.RtpCapabilities) => {
  const device = newDevice();
  await device?.load({ routerRtpCapabilities });
  return device;
});

export function deviceFor({
  routerRtpCapabilities: router,
  sealed,
}: CallSession): Promise<Device | undefined> {
  // A browser that cannot seal stays out of what is sealed, and is asked for no connection.
  if (sealed && mediaTransforms() === undefined) return Promise.resolve(undefined);
  return devices.of((sealed ? sealableCapabilities(router) : router) as unknown as types.RtpCapabilities);
}
