/** A tab says what it is called only where rules allow its title, and where it is only where they allow the page. */

import { tabLimits } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { TextNets } from './nets/text-nets.js';
import { pageWords } from './page-words.js';
import type { PristineDom } from './pristine-dom.js';
import type { Exposure, PrivacyRules } from './privacy-rules.js';

interface Page {
  readonly html: Exposure;
  readonly title: Exposure;
  readonly text?: string;
  readonly path?: string;
}

function wordsOf({ html, title, text = 'Alder', path = '/products/alder' }: Page) {
  const elements = { html: { of: html }, title: { of: title } };
  const nets = new TextNets();
  return pageWords({
    window: {
      document: { documentElement: elements.html, head: { querySelector: () => elements.title } },
      location: { pathname: path, href: `https://shop.test${path}?of=mira#card` },
    } as unknown as Window,
    dom: { textContent: () => text } as unknown as PristineDom,
    rules: {
      forget: () => undefined,
      verdictOf: (element: { of: Exposure }) => ({ exposure: element.of, typed: false, secret: false }),
      catches: (each: string) => nets.catches(each),
    } as unknown as PrivacyRules,
  });
}

it.each([
  ['nothing where texts alone are shown', { html: 'texts', title: 'texts' }, {}],
  ['nothing where a page is blocked', { html: 'blocked', title: 'blocked' }, {}],
  ['its title where that is allowed', { html: 'texts', title: 'allowed' }, { title: 'Alder' }],
  [
    'both where the page is, and no query',
    { html: 'allowed', title: 'allowed' },
    { title: 'Alder', path: '/products/alder' },
  ],
  [
    'its path where the title alone is masked',
    { html: 'allowed', title: 'forced' },
    { path: '/products/alder' },
  ],
] as const)('says %s', (_, page, words) => {
  expect(wordsOf(page)).toEqual(words);
});

it.each([
  ['a title with a card number', { text: 'Paid with 4111 1111 1111 1111' }, { path: '/products/alder' }],
  ['a path with a mail address', { path: '/of/mira@shop.test' }, { title: 'Alder' }],
  ['the same, escaped', { path: '/of/mira%40shop.test' }, { title: 'Alder' }],
  ['an empty title', { text: '  ' }, { path: '/products/alder' }],
])('leaves out %s', (_, page, words) => {
  expect(wordsOf({ html: 'allowed', title: 'allowed', ...page })).toEqual(words);
});

it('is short', () => {
  const { title, path } = wordsOf({
    html: 'allowed',
    title: 'allowed',
    text: 'x'.repeat(500),
    path: `/${'x'.repeat(500)}`,
  });
  expect([title?.length, path?.length]).toEqual([tabLimits.titleLength, tabLimits.pathLength]);
});
