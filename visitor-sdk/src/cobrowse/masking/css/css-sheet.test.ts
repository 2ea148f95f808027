import { beforeEach, describe, expect, it } from 'vitest';
import type { CssEnvironment } from './css-declaration.js';
import { CssJudge } from './css-judge.js';
import { maskRule, maskStyleAttribute, maskStyleProperty, maskStyleSheet } from './css-sheet.js';
import { CssVocabulary } from './css-vocabulary.js';

/** A language of a few properties, so that these tests need no browser; the real one is used in e2e. */
const grammar: Record<string, RegExp> = {
  color: /^(?:red|blue|inherit|currentcolor|#[\da-f]{3,8}|rgb\(.*\)|var\(.*\))$/i,
  display: /^(?:none|block|grid|flex|inherit)$/,
  width: /^(?:auto|inherit|[\d.]+(?:px|%)|calc\(.*\)|var\(.*\))$/,
  content: /^(?:none|".*"|counter\(.*\)|inherit)$/,
  background: /^(?:none|red|url\(.*\)|linear-gradient\(.*\)).*$/,
  'font-family': /./,
  'animation-name': /./,
  'grid-template-areas': /^".*"$|^inherit$/,
  'grid-template-columns': /^(?:\[[\w -]+\] )?\d+px$/,
  'font-variation-settings': /^"\w{4}" \d+$/,
  'counter-set': /^[\w-]+ (?:\d+|var\(.*\))$/,
  'grid-area': /./,
  cursor: /^(?:pointer|inherit)$/,
};
const supports = (property: string, value: string): boolean => {
  const allowed = grammar[property];
  return allowed?.test(value) ?? false;
};

const SECRET = 'tk8f3q9zm4xw7yb2';
let environment: CssEnvironment;
let isElement = false;
beforeEach(() => {
  isElement = false;
  environment = {
    judge: new CssJudge(supports, (condition) => condition.includes('grid')),
    vocabulary: new CssVocabulary(),
    asset: (url, kind) => (url.includes('known') ? `alongside-asset:${kind}` : undefined),
    isCustomProperty: (name) => environment.vocabulary.knows(`@${name}`) || !isElement,
    fragment: (id) => `p-${id.length}`,
  };
});

const mask = (text: string): string => maskStyleSheet(text, environment);

describe('maskStyleSheet shows', () => {
  it.each([
    ['a rule', '.card > a:hover { color: red; }', '.card > a:hover{color:red;}'],
    ['priority', 'p{color:red!important}', 'p{color:red !important;}'],
    ['variables in use', 'p{color:var(--tone, #fff)}', 'p{color:var(--tone, #fff);}'],
    ['plain custom properties', ':root{--gap: 4px;--tone:#abc}', ':root{--gap:4px;--tone:#abc;}'],
    ['calculations', 'p{width:calc(100% - 2*4px)}', 'p{width:calc(100% - 2*4px);}'],
    ['media rules', '@media (min-width: 600px){p{color:red}}', '@media (min-width: 600px){p{color:red;}}'],
    ['what is met', '@supports (display: grid){p{color:red}}', '@supports (color:red){p{color:red;}}'],
    ['what is not', '@supports not (x: "y"){p{color:red}}', '@supports not (color:red){p{color:red;}}'],
    ['what is no condition', '@supports grid{p{color:red}}', '@supports not (color:red){p{color:red;}}'],
    ['nested rules', '.a{color:red;&:hover{color:blue}}', '.a{color:red;&:hover{color:blue;}}'],
    ['nested groups', '.a{@media print{color:red;}}', '.a{@media print{color:red;}}'],
    [
      'animations by name',
      '@keyframes slide{from{width:0px}to{width:10px}} p{animation-name:slide}',
      '@keyframes slide{from{width:0px;}to{width:10px;}}p{animation-name:slide;}',
    ],
    ['the axes of a font', `p{font-variation-settings:"FILL" 1}`, `p{font-variation-settings:"FILL" 1;}`],
    ['what is calculated by angles', 'p{width:calc(9px * sin(30deg))}', 'p{width:calc(9px * sin(30deg));}'],
    [
      'grid areas by name',
      'main{grid-template-areas:"head side"} .x{grid-area:side}',
      'main{grid-template-areas:"head side";}.x{grid-area:side;}',
    ],
    ['signs as generated content', '.i::before{content:"\\f101"}', `.i::before{content:"\uf101";}`],
    ['an image of the page', 'p{background:url(/known.png)}', 'p{background:url("alongside-asset:image");}'],
    [
      'a font of the page',
      '@font-face{font-family:Brand;src:url("/known.woff2") format("woff2")} p{font-family:Brand,serif}',
      '@font-face{font-family:"Brand";src:url("alongside-asset:font");}p{font-family:Brand,serif;}',
    ],
    [
      'registered properties',
      '@property --wide{syntax:"<length>";inherits:true;initial-value:10px;secret:"x"}p{width:var(--wide)}',
      '@property --wide{syntax:"<length>";inherits:true;initial-value:10px;}p{width:var(--wide);}',
    ],
    [
      'registered properties without their words',
      '@property --a{syntax:"hidden words";inherits:false;initial-value:hidden}p{color:red}',
      '@property --a{inherits:false;}p{color:red;}',
    ],
    ['attribute selectors', '[data-state="open"] p{display:none}', '[data-state="open"] p{display:none;}'],
  ])('%s', (_name, text, expected) => {
    expect(mask(text)).toBe(expected);
  });

  it('what follows a rule it drops', () => {
    expect(mask('@import "x.css"; @page{size:A4} p{color:red}')).toBe(
      '@media not all{}@media not all{}p{color:red;}',
    );
  });
  it('what follows a stray brace', () => {
    expect(mask('} p{color:red}')).toBe('p{color:red;}');
  });
  it('a sheet that ends in the middle', () => {
    expect(mask('@media print{p{color:red')).toBe('@media print{p{color:red;}}');
  });
});

describe('maskStyleSheet hides', () => {
  it.each([
    ['generated text', `p::after{content:"${SECRET}"}`],
    ['escaped generated text', `p::after{content:"\\74 k8f3q9zm4xw7yb2"}`],
    ['text from attributes', `p::after{content:attr(data-${SECRET})}`],
    ['strings in custom properties', `:root{--who:"${SECRET}"}`],
    ['names in custom properties', `:root{--who:${SECRET}}`],
    ['blocks in custom properties', `:root{--who:{a:${SECRET}}}`],
    ['names in fallbacks', `p{color:var(--x, ${SECRET})}`],
    ['addresses', `p{background:url(https://x.example/${SECRET})}`],
    ['quoted addresses', `p{background:url("https://x.example/${SECRET}")}`],
    ['image sets', `p{background:image-set("${SECRET}.png" 1x)}`],
    ['imports', `@import url("/${SECRET}.css");`],
    ['imports without url', `@import "/${SECRET}.css" screen;`],
    ['font sources', `@font-face{font-family:X;src:url(/${SECRET}.woff2)}`],
    ['local fonts', `@font-face{font-family:X;src:local("${SECRET}")}`],
    ['names of axes', `p{font-variation-settings:"${SECRET}" 1}`],
    ['font families', `p{font-family:"${SECRET}",serif}`],
    ['unquoted font families', `p{font-family:${SECRET} ${SECRET},serif}`],
    ['animation names', `p{animation-name:${SECRET}}`],
    ['comments', `/* ${SECRET} */ p{color:red/*${SECRET}*/}`],
    ['unknown properties', `p{${SECRET}:red}`],
    ['unknown values', `p{color:${SECRET}}`],
    ['unknown rules', `@${SECRET}{p{color:red}}`],
    ['unknown rules with names', `@page ${SECRET}{size:A4}`],
    ['strings in conditions', `@supports (content:"${SECRET}"){p{color:red}}`],
    ['strings in selectors', `p:lang("${SECRET}"){color:red}`],
    ['long strings in attribute selectors', `[data-x="${SECRET.repeat(5)}"]{color:red}`],
    ['unclosed strings', `p{color:red;content:"${SECRET}`],
    ['addresses in cursors', `p{cursor:url(/${SECRET}.cur),pointer}`],
    ['long numbers', 'p{width:4111111111111111px}'],
  ])('%s', (_name, text) => {
    const shown = mask(text);
    expect(shown).not.toContain(SECRET);
    expect(shown).not.toContain('4111111111111111');
    expect(shown).not.toMatch(/url\((?!"(?:#|alongside-asset:))/);
  });
});

describe('maskRule', () => {
  it('is one rule whatever comes', () => {
    expect(maskRule('@import "a.css"', environment)).toBe('@media not all{}');
    expect(maskRule('', environment)).toBe('@media not all{}');
    expect(maskRule('p{color:red}', environment)).toBe('p{color:red;}');
  });
});

describe('maskStyleAttribute', () => {
  it('keeps layout and drops content', () => {
    expect(maskStyleAttribute(`color: red; --u: ${SECRET}; width: 33.3333333333333%`, environment)).toBe(
      'color:red;width:33.33333333%;',
    );
  });
  it('names areas and lines of a grid only as a style sheet does', () => {
    mask('main{grid-template-areas:"head side";grid-template-columns:[full] 9px}');
    isElement = true;
    expect(maskStyleAttribute(`grid-template-areas:"${SECRET}"`, environment)).toBe('');
    expect(maskStyleAttribute(`grid-template-columns:[${SECRET}] 9px`, environment)).toBe('');
    const known = 'grid-template-areas:"side . head";grid-template-columns:[full] 9px;';
    expect(maskStyleAttribute(known, environment)).toBe(known);
  });
  it('leaves out what nests deeper than any console shows', () => {
    const nested = (open: string, depth: number) => `${open.repeat(depth)}${')'.repeat(depth)}`;
    const sheet = (depth: number) =>
      `p${nested(':is(', depth)}{color:red;}q{width:calc${nested('(', depth)};}@media ${nested('(', depth)}{i{color:red;}}`;
    expect(mask(sheet(32))).toBe(sheet(32));
    const closed = `p${')'.repeat(40)}${nested(':is(', 40)}{color:red;}`;
    expect(mask(closed), 'what closes nothing makes no room').not.toContain(':is');
    expect(mask(`p${':is([a=")"] '.repeat(40)}${')'.repeat(40)}{color:red;}`)).not.toContain(':is');
    expect(mask(sheet(33))).not.toMatch(/\({33}|(:is\(){33}/);
  });
  it('shows no amount as what is counted, nor all digits of a number that is no length', () => {
    const rules = 'p{counter-set:item 7}p::before{content:counter(item)}';
    expect(mask(rules)).toBe('p{counter-set:item 7;}p::before{content:counter(item);}');
    expect(mask('p{counter-set:item 48213}')).toBe('p{}');
    const told = mask('p{counter-set:sum var(--sum)}p::before{content:counter(sum)}');
    expect(told).toBe('p{}p::before{content:"\u2588\u2588\u2588";}');
    // The sheet that draws it may have been told before the one that sets it.
    expect(mask('i::before{content:counter(late)}')).toBe('i::before{content:counter(late);}');
    expect(mask('i{counter-set:late var(--sum)}')).toBe('i{}');
    isElement = true;
    expect(maskStyleAttribute('--sum:482133771', environment)).toBe('--sum:482134000;');
  });
  it('sets custom properties that a style sheet names, and no others', () => {
    mask('p{width:var(--share)}');
    isElement = true;
    expect(maskStyleAttribute(`--share: 40%; --${SECRET}: 1px`, environment)).toBe('--share:40%;');
  });
  it('points at stand-ins for ids', () => {
    expect(maskStyleProperty('background', 'url(#shade)', environment)).toBe('url("#p-5")');
  });
});

describe('the vocabulary', () => {
  it('learns what selectors name, and shows nothing else', () => {
    mask('.md\\:flex, #main.on, [class^="icon-"], [data-state="open"], my-tag {color:red}');
    const { vocabulary } = environment;
    expect(vocabulary.shownClasses(`icon-${SECRET} md:flex on ${SECRET}`)).toBe('icon- md:flex on');
    expect(vocabulary.shownClasses(`icon-${SECRET}`)).toBe('icon-');
    expect(vocabulary.shownId('main')).toBe('main');
    expect(vocabulary.shownId(SECRET)).toBeUndefined();
    expect(vocabulary.shownAttribute('data-state', 'open')).toBe('open');
    expect(vocabulary.shownAttribute('data-state', SECRET)).toBeUndefined();
    expect(vocabulary.knows('<my-tag')).toBe(true);
  });
  it('never brings out a value, however a selector asks', () => {
    mask('input[value="a"], input[value^="a"], [href*="x"], [title] {color:red}');
    for (const name of ['value', 'href', 'title']) {
      expect(environment.vocabulary.shownAttribute(name, 'a')).toBeUndefined();
    }
  });
});
