/** C5.18: what an agent's link leads to stands on its card, and not what it resembles. */

import { expect, it } from 'vitest';
import { shownAddress } from './shown-address.js';

it.each([
  // The first letter is Cyrillic.
  ['https://\u0430pple.com/sign-in', 'https://xn--pple-43d.com/sign-in'],
  ['https://m\u00fcnchen.example/', 'https://xn--mnchen-3ya.example/'],
  ['https://SHOP.example', 'https://shop.example/'],
  ['https://shop.example/\u202egnp.exe', 'https://shop.example/%E2%80%AEgnp.exe'],
  ['https://shop.example/a?b=c#d', 'https://shop.example/a?b=c#d'],
])('%s is shown as %s', (url, shown) => {
  expect(shownAddress(url)).toBe(shown);
});
