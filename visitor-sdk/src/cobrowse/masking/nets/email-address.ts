/** Mail addresses, also with a name or a domain in another script. */

import type { TextSpan } from '@alongside/protocol';

const address =
  /[^\s@<>()[\]",:;]{1,64} {0,2}@ {0,2}(?:[\p{L}\p{N}-]{1,63} {0,2}\.){1,8}[\p{L}\p{N}-]{2,63}/gu;

export function findEmailAddresses(text: string): readonly TextSpan[] {
  if (!text.includes('@')) return [];
  return [...text.matchAll(address)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
}
