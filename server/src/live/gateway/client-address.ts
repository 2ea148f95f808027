/** Whose connection it is: the peer's address, or what a proxy of ours says in front of it. */

import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP } from 'node:net';

export type ClientAddress = (peer: string | undefined, headers: IncomingHttpHeaders) => string | undefined;

/** `proxies` are addresses or networks (`10.0.0.0/8`); forwarded headers of anybody else are ignored. */
export function clientAddressBehind(proxies: readonly string[]): ClientAddress {
  const trusted = new BlockList();
  for (const proxy of proxies) {
    const [network = '', prefix] = proxy.split('/');
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(network) === 0) continue;
    if (prefix === undefined) trusted.addAddress(network, family);
    else trusted.addSubnet(network, Number(prefix), family);
  }
  const isTrusted = (address: string) =>
    isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (peer, headers) => {
    const direct = peer?.replace(/^::ffff:/, '');
    if (direct === undefined || !isTrusted(direct)) return direct;
    const forwarded = headers['x-forwarded-for'];
    const hops = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',');
    // From the nearest hop outwards: what stands beyond the first stranger anybody may have written.
    for (const hop of hops.reverse().map((each) => each.trim())) {
      if (isIP(hop) === 0) return direct;
      if (!isTrusted(hop)) return hop;
    }
    return direct;
  };
}
