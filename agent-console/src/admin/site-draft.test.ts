/** What an officer types becomes a site's settings, or is told to be wrong. */

import type { SiteShown } from '@alongside/protocol';
import { SiteEdit, textNets } from '@alongside/protocol';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { draftOf, editOf, newSite, originsIn, wrongPages, wrongSelectors } from './site-draft.js';

describe('a new site', () => {
  it('hides text unless somebody chooses otherwise', () => {
    expect(newSite.text).toBe('masked');
    expect(editOf({ ...newSite, name: 'Shop', origins: 'https://shop.example' }).masking.text).toBe('masked');
  });

  it('[CV17] shows, lends and passes on nothing that nobody chose', () => {
    const { masking, ...rest } = editOf(newSite);
    const { allowSelectors, showPages, nets } = masking;
    expect([allowSelectors, showPages]).toEqual([[], []]);
    expect(nets).toEqual(textNets);
    expect(rest).toMatchObject({
      audience: 'general',
      experts: false,
      visitorCountries: [],
      screens: 'none',
    });
    for (const name of ['deliverTo', 'cookieDomain', 'identityKey']) expect(rest).not.toHaveProperty(name);
  });

  it('is what the service accepts', () => {
    const edit = editOf({
      ...newSite,
      name: ' Shop ',
      origins: 'shop.example/path\n',
      cookieDomain: 'Shop.Example',
      identityKey: ' -----BEGIN PUBLIC KEY----- \n',
    });
    expect(edit).toMatchObject({
      name: 'Shop',
      origins: ['https://shop.example'],
      cookieDomain: 'shop.example',
      identityKey: '-----BEGIN PUBLIC KEY-----',
    });
    expect(Object.keys(edit).every((key) => key in SiteEdit.entries)).toBe(true);
  });
});

describe('masking', () => {
  const typed = {
    ...newSite,
    name: 'Shop',
    origins: 'https://shop.example',
    nets: ['card', 'phone'] as const,
    maskPages: '/account/**\n#/cards/*\n',
    blockPages: 'https://shop.example/pay',
    showPages: ' /help ',
  };

  it('has every net on a new site', () => {
    expect(editOf(newSite).masking.nets).toEqual(['card', 'iban', 'email', 'phone', 'nationalId']);
  });

  it('goes to the service and comes back as it was typed', () => {
    const edit = editOf(typed);
    expect(v.safeParse(SiteEdit, edit)).toMatchObject({ success: true });
    const site = { ...edit, siteId: 's', siteKey: 'k', snippet: '' } as unknown as SiteShown;
    expect(editOf(draftOf(site))).toEqual(edit);
    expect(edit.masking).toMatchObject({
      nets: ['card', 'phone'],
      maskPages: ['/account/**', '#/cards/*'],
      blockPages: ['https://shop.example/pay'],
      showPages: ['/help'],
    });
  });

  it('tells paths from what is none', () => {
    expect(wrongPages('/a\n#/b\nhttps://x.example/c')).toEqual([]);
    expect(wrongPages('account\n?x\nhttps://x.example')).toEqual(['account', '?x', 'https://x.example']);
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
