import { describe, expect, it } from 'vitest';
import { sheetText, withWholeAddresses } from './css-text.js';

const BASE = 'https://shop.example/a/b/page.html?x';

describe('addresses in a style sheet', () => {
  it.each([
    ['p{background:url(one.png)}', 'p{background:url("https://shop.example/a/b/one.png")}'],
    ["p{background:url('../one.png')}", 'p{background:url("https://shop.example/a/one.png")}'],
    ['p{background:url("/one (1).png")}', 'p{background:url("https://shop.example/one%20(1).png")}'],
    ['p{background:url(//cdn.example/one.png)}', 'p{background:url("https://cdn.example/one.png")}'],
  ])('are made whole: %s', (css, whole) => expect(withWholeAddresses(css, BASE)).toBe(whole));

  it.each([
    'p{fill:url(#shade)}',
    'p{background:url("data:image/png;base64,AA==")}',
    'p{color:red}',
    'p{b:url()}',
  ])('stay as they are where they name no file: %s', (css) =>
    expect(withWholeAddresses(css, BASE)).toBe(css),
  );
});

describe('the text of a sheet', () => {
  const sheet = (rules: readonly object[]) =>
    ({ href: BASE, ownerNode: null, cssRules: rules }) as unknown as CSSStyleSheet;

  it('is that of its rules, and of the sheets that it imports', () => {
    const imported = sheet([{ cssText: 'i{color:blue}' }]);
    expect(
      sheetText(
        sheet([
          { styleSheet: imported, media: { mediaText: '' } },
          { cssText: 'p{background:url(one.png)}' },
        ]),
      ),
    ).toBe('i{color:blue}p{background:url("https://shop.example/a/b/one.png")}');
  });

  it.each([
    ['print', null, '@media print{i{color:blue}}'],
    ['', 'base.theme', '@layer base.theme{i{color:blue}}'],
    ['', '', '@layer{i{color:blue}}'],
    ['print', 'base', '@media print{@layer base{i{color:blue}}}'],
    ['print', undefined, '@media print{i{color:blue}}'],
  ])('keeps the conditions of what it imports: media %s, layer %s', (mediaText, layerName, text) => {
    const imported = sheet([{ cssText: 'i{color:blue}' }]);
    const rule = { styleSheet: imported, media: { mediaText }, layerName };
    expect(sheetText(sheet([rule]))).toBe(text);
  });

  it('is not known of one that is empty, or may not be read', () => {
    expect(sheetText(sheet([]))).toBeUndefined();
    const refused = Object.defineProperty({ href: BASE }, 'cssRules', {
      get() {
        throw new Error('of another origin');
      },
    });
    expect(sheetText(refused as CSSStyleSheet)).toBeUndefined();
  });
});
