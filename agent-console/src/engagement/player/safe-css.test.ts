/** Style text between the visitor's page and the replay: which places it may name, and how long reading it takes. */

import { describe, expect, it } from 'vitest';
import { eventLimits, GrammarError } from './event-limits.js';
import { safeCss } from './safe-css.js';

const safe = (text: string) => safeCss(text, () => undefined);

describe('style text', () => {
  it.each([
    String.raw`a { background: u\72l(https://leak.test/1) }`,
    String.raw`a { background: \75\72 \6c(https://leak.test/2) }`,
    String.raw`a { background: \000055RL("https://leak.test/3") }`,
    String.raw`a { background: u\r\l(https://leak.test/4) }`,
    String.raw`@\69mport "https://leak.test/5";`,
    String.raw`@import u\rl(https://leak.test/6);`,
    String.raw`a { background: image-\73 et("https://leak.test/7" 1x) }`,
    String.raw`@font-face { font-family: x; \73rc: u\72l(https://leak.test/8) }`,
  ])('names no other place by an escaped letter: %s', (text) => {
    expect(safe(text)).not.toContain('leak.test');
  });

  it.each([
    String.raw`.md\:flex { color: red }`,
    String.raw`.w-1\/2 { width: 50% }`,
    String.raw`.\31 0 { color: red }`,
    String.raw`i::before { content: "\f101" }`,
    String.raw`i::before { content: "\a" }`,
    String.raw`i::before { content: "a\\url(b)" }`,
    String.raw`i::before { content: "\201C" }`,
    String.raw`i::before { content: "\000A9" }`,
    'a::after { content: "see url(https://shop.test)" }',
    `a { background: url( "alongside-asset:${'A'.repeat(43)}" ) }`,
    'a { background: url(data:image/png;base64,AA/B+=) } /**/ b { color: rgb(1, 2, 3) }',
    'a { background: image-set("a" type("image/png")) }',
    "@media (min-width: 1px) { a { b: 'it\\'s' } }",
  ])('keeps what names no place: %s', (text) => {
    expect(safe(text)).toBe(text);
  });

  it.each([
    'a { background: url(https://leak.test/1',
    'a { background: url("https://leak.test/2',
    String.raw`a { background: url("https://leak.test/3\"") }`,
    'a { background: URL( https://leak.test/4 ) }',
    'a { background: image-set("https://leak.test/5',
    'a { background: image-set(/*"*/"https://leak.test/6"/*"*/ 1x) }',
    'a { background: -webkit-image-set(calc(1px) "https://leak.test/7" 1x) }',
    'a { background: url(/**/https://leak.test/8) }',
    '@import/**/"https://leak.test/9";',
    '@import url(https://leak.test/10) screen',
    '@import "x;y" url(https://leak.test/11); a { color: red }',
    "a { background: url('https://leak.test/12\\') }",
    'a { background: src("https://leak.test/13") }',
  ])('names no other place by a trick of tokens: %s', (text) => {
    expect(safe(text)).not.toContain('leak.test');
  });

  it.each([
    [String.raw`url(data:image/png;base64,AA\)`, 'url("")'],
    [String.raw`url(data:image/png;base64,AA\\)`, String.raw`url(data:image/png;base64,AA\\)`],
    [String.raw`url(data:image/png;base64,AA\\\)`, 'url("")'],
  ])('does not take an escaped parenthesis for the end of an address: %s', (text, expected) => {
    expect(safe(text)).toBe(expected);
  });

  it('does not make one word of what stood around a rule that is left out', () => {
    expect(safe('a { background: u@import "x";rl(x) }')).toBe('a { background: u/**/rl(x) }');
    expect(safe('a { background: image-@import "x";set("x") }')).toBe('a { background: image-/**/set("x") }');
  });

  it('keeps of comments that there are some: the replayer divides sheets by one', () => {
    expect(safe('a/* rr_split */b/*/{}*/{}')).toBe('a/**/b/**/{}');
  });

  it('takes no address out of a variable', () => {
    expect(safe('a { background: image-set(var(--x) 1x) }')).toBe(
      'a { background: image-set(withheld(--x) 1x) }',
    );
    expect(safe('a { color: var(--x) }')).toBe('a { color: var(--x) }');
  });

  it('ends what a following text could go on with', () => {
    expect(safe('a { background: image-set(')).toBe('a { background: image-set()');
    expect(safe('a::before { content: "x')).toBe('a::before { content: "x"');
    expect(safe('a { color: red /* and')).toBe('a { color: red ');
  });

  it.each([
    ['selectors', ':is(', ')'],
    ['functions', 'calc(', ')'],
    ['parentheses', '(', ')'],
    ['lists', 'image-set(', ')'],
    ['rules', '@media x{', '}'],
  ])('is refused where %s lie deeper in each other than any sheet that somebody wrote', (_, open, close) => {
    const nested = (depth: number) => `a{${open.repeat(depth)}${close.repeat(depth)}}`;
    expect(safe(nested(60))).toBe(nested(60));
    for (const text of [nested(65), open.repeat(50_000)])
      expect(() => safe(text)).toThrow(new GrammarError('tooDeep'));
  });

  it.each([
    ['an address without an end', `url(${' '.repeat(500_000)}`],
    ['names without an end', 'a'.repeat(500_000)],
    ['escapes', '\\\\'.repeat(125_000)],
    ['quotes', `"'`.repeat(250_000)],
    ['open comments', '/*'.repeat(250_000)],
    ['stars', `/${'*'.repeat(eventLimits.styleLength - 1)}`],
    ['open functions', 'url('.repeat(125_000)],
    ['lists', 'image-set()'.repeat(100_000)],
    ['rules to be left out', '@import '.repeat(60_000)],
  ])('is read in a time that its length bounds: %s', (_, text) => {
    const startedAt = performance.now();
    safe(text);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });
});
