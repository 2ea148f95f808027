/** What this browser can send and take in a call. */

import { askedOnce, LastLoaded } from '@alongside/engagement';
import { holdsCalls, mediaTransforms, prepareCertificate, sealableCapabilities } from '@alongside/frames';
import type { CallSession } from '@alongside/protocol';
import type { types } from 'mediasoup-client';
import { Device } from 'mediasoup-client';
import { Chrome74 } from 'mediasoup-client/handlers/Chrome74';
import { Chrome111 } from 'mediasoup-client/handlers/Chrome111';
import { Firefox120 } from 'mediasoup-client/handlers/Firefox120';
import { Safari12 } from 'mediasoup-client/handlers/Safari12';

const factories = [Chrome111, Chrome74, Firefox120, Safari12].map((handler) => {
  const factory = handler.createFactory({});
  return { ...factory, getNativeRtpCapabilities: askedOnce(factory.getNativeRtpCapabilities) };
});

/** Undefined where the browser has no WebRTC, or one that nothing is known of. */
export function newDevice(): Device | undefined {
  try {
    if (!holdsCalls()) return undefined;
    const device = new Device();
    const handlerFactory = factories.find(({ name }) => name === device.handlerName);
    return handlerFactory === undefined ? device : new Device({ handlerFactory });
  } catch {
    return undefined;
  }
}

/** One for all calls of a kind. */
const devices = new LastLoaded(async (routerRtpCapabilities: types.RtpCapabilities) => {
  const device = newDevice();
  await device?.load({ routerRtpCapabilities });
  return device;
});

/** What a call asks of the browser alone, before anybody has said yes: then nobody waits for it. */
export async function warmUp(): Promise<void> {
  // What is to come may be sealed, and a browser that cannot is asked for no connection.
  if (mediaTransforms() === undefined) return;
  prepareCertificate();
  await newDevice()?.load({ routerRtpCapabilities: {} });
}

export function deviceFor({
  routerRtpCapabilities: router,
  sealed,
}: CallSession): Promise<Device | undefined> {
  // A browser that cannot seal stays out of what is sealed, and is asked for no connection.
  if (sealed && mediaTransforms() === undefined) return Promise.resolve(undefined);
  return devices.of((sealed ? sealableCapabilities(router) : router) as unknown as types.RtpCapabilities);
}
