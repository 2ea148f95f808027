/** What is kept of a connection's address and software: too little to tell one person from another. */

import { isIPv4, isIPv6 } from 'node:net';
import type { SoftwareFamily } from '@alongside/protocol';

const families: readonly (readonly [SoftwareFamily, RegExp])[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\/(\d{1,4})(?!\d)/],
  ['Opera', /\bOPR\/(\d{1,4})(?!\d)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d{1,4})(?!\d)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d{1,4})(?!\d)/],
  ['Chrome', /\b(?:Chrome|HeadlessChrome|CriOS)\/(\d{1,4})(?!\d)/],
  ['Safari', /\bVersion\/(\d{1,4})(?!\d)[\d.]* (?:Mobile\/\w+ )?Safari\//],
];

/** Family and major version, or `other`. */
export function clientSoftware(userAgent: string | undefined): string {
  for (const [family, pattern] of families) {
    const major = pattern.exec(userAgent ?? '')?.[1];
    if (major !== undefined) return `${family} ${major}`;
  }
  return 'other';
}

/** The network of an address: /24 of IPv4, /48 of IPv6; nothing when there is none. */
export function truncatedAddress(address: string | undefined): string {
  const mapped = address?.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
  if (mapped === undefined) return '';
  if (isIPv4(mapped)) return `${mapped.split('.').slice(0, 3).join('.')}.0/24`;
  if (!isIPv6(mapped)) return '';
  const [head = ''] = mapped.toLowerCase().split('%');
  const [left = '', right] = head.split('::');
  const before = left === '' ? [] : left.split(':');
  const after = right === undefined || right === '' ? [] : right.split(':');
  const zeros = right === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0');
  return `${[...before, ...zeros, ...after].slice(0, 3).join(':')}::/48`;
}
