import { describe, expect, it } from 'vitest';
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
  ])('keeps what is escaped and is no letter: %s', (text) => {
    expect(safe(text)).toBe(text.replace('url(b)', 'url("")'));
  });
});
