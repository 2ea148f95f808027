import { describe, expect, it } from 'vitest';
import { pagePattern } from './page-pattern.js';

const hides = (pattern: string, address: string) => pagePattern(pattern, { strict: false })?.(address);
const shows = (pattern: string, address: string) => pagePattern(pattern, { strict: true })?.(address);
const at = (rest: string) => `https://shop.example${rest}`;

describe('a pattern', () => {
  it.each([
    ['/account', '/account', true],
    ['/account', '/accounts', false],
    ['/account', '/account/cards', false],
    ['/account/*', '/account/cards', true],
    ['/account/*', '/account/cards/1', false],
    ['/account/**', '/account/cards/1', true],
    ['/account**', '/account', true],
    ['/*/account', '/de/account', true],
    ['/**', '/', true],
    ['/a.b', '/axb', false],
    ['#/cards/*', '/app#/cards/4', true],
    ['#/cards/*', '/app#/home', false],
    ['/app#/cards', '/app#/cards', true],
    ['https://shop.example/a', '/a', true],
    ['https://other.example/a', '/a', false],
  ])('%s of %s: %s', (pattern, rest, expected) => {
    expect(hides(pattern, at(rest))).toBe(expected);
    expect(shows(pattern, at(rest))).toBe(expected);
  });

  it('never looks at the query', () => {
    expect(shows('/a', at('/a?x=1'))).toBe(true);
  });

  it.each(['', 'account', '?x=1', 'javascript:alert(1)', '*'])('%j is none', (text) => {
    expect(pagePattern(text, { strict: false })).toBeUndefined();
  });

  it.each(['/Account', '/ACCOUNT/', '//account', '/%61ccount', '/account;jsessionid=1'])(
    'hides a page however its address is spelled: %s',
    (rest) => {
      expect(hides('/account', at(rest))).toBe(true);
      expect(shows('/account', at(rest))).toBe(false);
    },
  );

  it('hides what stands above the pages of a folder as well', () => {
    expect(hides('/account/**', at('/account'))).toBe(true);
    expect(shows('/account/**', at('/account'))).toBe(false);
  });

  it('takes no longer for a pattern of many stars', () => {
    const began = performance.now();
    hides(`/${'*a'.repeat(20)}`, at(`/${'a'.repeat(2000)}b/`));
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
