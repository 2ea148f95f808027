import { describe, expect, it } from 'vitest';
import { restateCss } from './restate-css.js';

const none = new Set<string>();
const STATE = 'data-alongside-state';

describe('restateCss', () => {
  it.each([
    ['a:hover b{color:red}', 'a.\\:hover b{color:red}'],
    ['input:focus{color:red}', `input[${STATE}~="focus"]{color:red}`],
    ['a:focus-visible{color:red}', `a[${STATE}~="focus-visible"]{color:red}`],
    [
      'div:focus-within{color:red}',
      `div:is([${STATE}~="focus"],[${STATE}~="focus-inside"],:has([${STATE}~="focus"])){color:red}`,
    ],
    ['a:focus-ring{color:red}', 'a:focus-ring{color:red}'],
  ])('asks %s of what the visitor has', (css, restated) => {
    expect(restateCss(css, none)).toBe(restated);
  });

  it.each([
    ['@media (prefers-color-scheme: dark){p{color:red}}', ['dark'], true],
    ['@media (prefers-color-scheme: dark){p{color:red}}', [], false],
    ['@media (prefers-color-scheme: light){p{color:red}}', ['dark'], false],
    ['@media (prefers-reduced-motion){p{color:red}}', ['less-motion'], true],
    ['@media (prefers-reduced-motion: no-preference){p{color:red}}', ['less-motion'], false],
    ['@media (hover: none){p{color:red}}', ['no-hover'], true],
    ['@media (any-pointer: coarse){p{color:red}}', [], false],
  ])('answers %s for a device that is %j', (css, words, fits) => {
    const asked = fits ? '(min-width:0px)' : '(max-width:0px)';
    expect(restateCss(css, new Set(words))).toBe(`@media ${asked}{p{color:red}}`);
  });

  it('draws a page that can do both as the visitor’s browser does', () => {
    const css = ':root{color-scheme: light dark}';
    expect(restateCss(css, new Set(['dark']))).toBe(':root{color-scheme: dark}');
    expect(restateCss(css, none)).toBe(':root{color-scheme: light}');
    expect(restateCss('p{color-scheme:dark}', none)).toBe('p{color-scheme:dark}');
  });

  it('leaves strings as they are', () => {
    const css = `p::before{content:"a:hover \\" (hover: none)"}`;
    expect(restateCss(css, none)).toBe(css);
  });
});
