/** The customer's colour, and that nothing else can be written with it. */

import { expect, it } from 'vitest';
import { readAccent } from './accent.js';

it('writes dark on light colours and light on dark ones', () => {
  expect(readAccent('#FFDD00')).toEqual({ accent: '#ffdd00', onAccent: '#10150f' });
  expect(readAccent('#123456')).toEqual({ accent: '#123456', onAccent: '#ffffff' });
});

it.each([undefined, '', 'red', '#fff', '#12345g', 'red;position:static', 'url(x)'])(
  'takes no colour from %j',
  (setting) => {
    expect(readAccent(setting)).toEqual({ accent: '#1f5f5b', onAccent: '#ffffff' });
  },
);
