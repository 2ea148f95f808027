/** What an officer types becomes a site's settings, or is told to be wrong. */

import { SiteEdit } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import { editOf, newSite, originsIn, wrongSelectors } from './site-draft.js';

describe('a new site', () => {
  it('hides text unless somebody chooses otherwise', () => {
    expect(newSite.text).toBe('masked');
    expect(editOf({ ...newSite, name: 'Shop', origins: 'https://shop.example' }).masking.text).toBe('masked');
  });

  it('is what the service accepts', () => {
    const edit = editOf({
      ...newSite,
      name: ' Shop ',
      origins: 'shop.example/path\n',
      cookieDomain: 'Shop.Example',
    });
    expect(edit).toMatchObject({
      name: 'Shop',
      origins: ['https://shop.example'],
      cookieDomain: 'shop.example',
    });
    expect(Object.keys(edit).every((key) => key in SiteEdit.entries)).toBe(true);
  });
});

describe('origins', () => {
  it.each([
    ['https://shop.example/checkout?x=1', 'https://shop.example'],
    ['shop.example', 'https://shop.example'],
    ['http://shop.localhost:3003', 'http://shop.localhost:3003'],
    ['HTTPS://Shop.Example', 'https://shop.example'],
  ])('are taken from %s', (typed, origin) => {
    expect(originsIn(typed)).toEqual({ origins: [origin], wrong: [] });
  });

  it('are named when they are none', () => {
    expect(originsIn('https://\nnot a name\nftp://files.example').wrong).toEqual([
      'https://',
      'not a name',
      'ftp://files.example',
    ]);
  });

  it('are kept once each', () => {
    expect(originsIn('https://a.example\na.example').origins).toEqual(['https://a.example']);
  });
});

it('tells selectors that would hide nothing', () => {
  const understands = (selector: string): boolean => !selector.includes('((');
  expect(wrongSelectors('.a\n.b((\n', understands)).toEqual(['.b((']);
});
