/** What is kept of a connection: closed patterns, too narrow to carry anything else. The database checks them again. */

import * as v from 'valibot';

export const softwareFamilies = ['Edge', 'Opera', 'Samsung Internet', 'Firefox', 'Chrome', 'Safari'] as const;
export type SoftwareFamily = (typeof softwareFamilies)[number];

/** A family and a major version, or `other`. */
export const Software = v.pipe(
  v.string(),
  v.regex(new RegExp(`^(?:other|(?:${softwareFamilies.join('|')}) [0-9]{1,4})$`)),
);

const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const group = '[0-9a-f]{1,4}';

/** The /24 of an IPv4 address or the /48 of an IPv6 one; empty when there is none. */
export const TruncatedAddress = v.pipe(
  v.string(),
  v.regex(new RegExp(`^(?:|${octet}\\.${octet}\\.${octet}\\.0/24|${group}:${group}:${group}::/48)$`)),
);
