/** Where media is listened for, and what is announced of it. */

import { expect, it } from 'vitest';
import { mediaPlaces, placesHere } from './media-places.js';

const place = (address: string, announcedAddress?: string) => ({ address, announcedAddress });

it.each([
  ['one address', ['127.0.0.1'], [], [place('127.0.0.1')]],
  ['every address', ['0.0.0.0'], ['192.0.2.7'], [place('0.0.0.0', '192.0.2.7')]],
  [
    'both families, of which one is announced only',
    ['0.0.0.0'],
    ['192.0.2.7', '2001:db8::7'],
    [place('0.0.0.0', '192.0.2.7'), place('::', '2001:db8::7')],
  ],
  [
    'one of each, announced as it is',
    ['192.0.2.7', '2001:db8::7'],
    [],
    [place('192.0.2.7'), place('2001:db8::7')],
  ],
  ['a family with nothing to announce', ['::'], ['192.0.2.7'], [place('0.0.0.0', '192.0.2.7')]],
  [
    'a name for both',
    ['0.0.0.0', '::'],
    ['media.example'],
    [place('0.0.0.0', 'media.example'), place('::', 'media.example')],
  ],
])('%s', (_, addresses, announced, expected) => {
  expect(mediaPlaces(addresses, announced)).toEqual(expected);
});

it('leaves out a family that the machine has not, and never everything', () => {
  const both = mediaPlaces(['0.0.0.0', '::'], ['192.0.2.7', '2001:db8::7']);
  expect(placesHere(both, new Set(['IPv4']))).toEqual([place('0.0.0.0', '192.0.2.7')]);
  expect(placesHere(both, new Set(['IPv4', 'IPv6']))).toEqual(both);
  expect(placesHere(both, new Set())).toEqual(both);
});
