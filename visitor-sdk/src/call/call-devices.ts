/** The calls' devices of this page, by mediasoup's client: of each browser's handler, one that asks it once. */

import { askedOnce, CallDevices } from '@alongside/frames';
import { Device } from 'mediasoup-client';
import { Chrome74 } from 'mediasoup-client/handlers/Chrome74';
import { Chrome111 } from 'mediasoup-client/handlers/Chrome111';
import { Firefox120 } from 'mediasoup-client/handlers/Firefox120';
import { Safari12 } from 'mediasoup-client/handlers/Safari12';

const factories = [Chrome111, Chrome74, Firefox120, Safari12].map((handler) => {
  const factory = handler.createFactory({});
  return { ...factory, getNativeRtpCapabilities: askedOnce(factory.getNativeRtpCapabilities) };
});

export const callDevices = new CallDevices(() => {
  const device = new Device();
  const handlerFactory = factories.find(({ name }) => name === device.handlerName);
  return handlerFactory === undefined ? device : new Device({ handlerFactory });
});
