/** What this browser can send and take in calls. The media client itself is brought by whoever loads it for a call. */

import type { CallSession, MediaParameters } from '@alongside/protocol';
import { sealableCapabilities } from './call-sealing.js';
import { holdsCalls } from './holds-calls.js';
import { LastLoaded } from './last-loaded.js';
import { mediaTransforms } from './media-port.js';
import { prepareCertificate } from './own-certificate.js';

interface CallDevice {
  load(options: { readonly routerRtpCapabilities: MediaParameters }): Promise<void>;
}

export class CallDevices<Device extends CallDevice> {
  readonly #make: () => Device;
  /** One for all calls of a kind. */
  readonly #loaded = new LastLoaded(async (routerRtpCapabilities: MediaParameters) => {
    const device = this.create();
    await device?.load({ routerRtpCapabilities });
    return device;
  });

  constructor(make: () => Device) {
    this.#make = make;
  }

  /** Undefined where the browser has no WebRTC, or one that nothing is known of. */
  create(): Device | undefined {
    try {
      return holdsCalls() ? this.#make() : undefined;
    } catch {
      return undefined;
    }
  }

  /** What a call asks of the browser alone, before anybody has said yes: then nobody waits for it. */
  async warmUp(): Promise<void> {
    // What is to come may be sealed, and a browser that cannot is asked for no connection.
    if (mediaTransforms() === undefined) return;
    prepareCertificate();
    await this.create()?.load({ routerRtpCapabilities: {} });
  }

  for({ routerRtpCapabilities: router, sealed }: CallSession): Promise<Device | undefined> {
    // A browser that cannot seal stays out of what is sealed, and is asked for no connection.
    if (sealed && mediaTransforms() === undefined) return Promise.resolve(undefined);
    return this.#loaded.of(sealed ? sealableCapabilities(router) : router);
  }
}
