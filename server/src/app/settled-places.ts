/** Where each server is, once every port is known. */

import type { Config, Place } from './config.js';
import { findFreePort } from './embedded-postgres/free-port.js';

export interface SettledPlace {
  readonly port: number;
  /** The origin that browsers use. */
  readonly origin: string;
}

export interface SettledPlaces {
  readonly console: SettledPlace;
  readonly live: SettledPlace;
  readonly replay: SettledPlace;
  readonly shop: SettledPlace;
}

/**
 * Cookies ignore ports, so that each server has a name of its own on loopback. A port of 0 becomes one that is free now;
 * two servers never get the same one.
 */
export async function settlePlaces(config: Config): Promise<SettledPlaces> {
  const taken = new Set(Object.values(config.places).map((place) => place.port));
  const settle = async (name: string, place: Place): Promise<SettledPlace> => {
    let port = place.port;
    while (port === 0) {
      const found = await findFreePort();
      if (!taken.has(found)) port = found;
      taken.add(found);
    }
    // The demo shop has no certificate of its own: it is on loopback, or behind a proxy at its SHOP_URL.
    const scheme = config.tlsFiles === undefined || name === 'shop' ? 'http' : 'https';
    const origin = place.url ?? `${scheme}://${name}.localhost:${port}`;
    return { port, origin };
  };
  return {
    console: await settle('console', config.places.console),
    live: await settle('live', config.places.live),
    replay: await settle('replay', config.places.replay),
    shop: await settle('shop', config.places.shop),
  };
}
