import { describe, expect, it } from 'vitest';
import { eventLimits } from '../engagement/player/event-limits.js';
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

  it('asks of a device what is asked of the page that is shown', () => {
    const css = '@media (min-device-width: 600px) and (device-height){.min-device-width{color:red}}';
    expect(restateCss(css, none)).toBe(
      '@media (min-width: 600px) and (height){.min-device-width{color:red}}',
    );
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

  it('takes nothing that is escaped for the beginning of a string or of a state', () => {
    const named = '.a\\"b .sm\\:hover\\:c{color:red}';
    expect(restateCss(`${named} a:hover{}`, none)).toBe(`${named} a.\\:hover{}`);
    expect(restateCss('p{content:"open\n} a:hover{}', none)).toBe('p{content:"open\n} a.\\:hover{}');
  });

  it.each([
    ['escaped quotes', '\\"'],
    ['open strings', '"\n'],
    ['open comments', '/*'],
    ['stars', '*'],
    ['escapes', '\\'],
    ['states', ':hover '],
    ['questions', '(prefers-color-scheme:'],
    ['open parentheses', '( '],
    ['schemes', 'color-scheme:'],
  ])('is done in a time that its length bounds: %s', (_, piece) => {
    const css = `/*a:hover{}${piece.repeat(Math.floor(eventLimits.styleLength / 32 / piece.length))}`;
    const startedAt = performance.now();
    for (const text of [css, css.slice(2)]) restateCss(text, none);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });
});
