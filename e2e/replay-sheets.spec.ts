/** Fills pictures and fonts into the style sheets of a replayed page, in a real browser's object model. */

import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';

type TestWindow = Window & typeof globalThis & { fill(): void };

const known = 'a'.repeat(43);
const unknown = 'b'.repeat(43);
const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

const html = `<!doctype html><style>
  :root { --wash: rgb(1, 2, 3); --picture: url("alongside-asset:${known}") }
  #shorthand { background: var(--wash) url("${pixel}#alongside-asset:${known}") right center / cover no-repeat }
  #important { background-image: url("alongside-asset:${known}") !important; color: rgb(4, 5, 6) }
  @media all { @supports (color: red) { #nested { background-image: url("alongside-asset:${known}") } } }
  #variable { background-image: var(--picture) }
  #waits { background: var(--wash) url("alongside-asset:${unknown}") }
  @font-face { font-family: "Shop"; src: url("alongside-asset:${known}") format("woff2") }
</style>${['shorthand', 'important', 'nested', 'variable', 'waits'].map((id) => `<p id="${id}"></p>`).join('')}`;

let script = '';

test.beforeAll(async () => {
  const bundle = await build({
    stdin: {
      contents: `
        import { fillSheets } from './agent-console/src/replay/fill-sheets.ts';
        const addressOf = (hash) => (hash === '${known}' ? 'blob:null/shown' : undefined);
        window.fill = () => fillSheets(document, addressOf);`,
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    conditions: ['source'],
  });
  script = bundle.outputFiles[0]?.text ?? '';
});

test('fills in every kind of declaration, those whose shorthand holds a variable too', async ({ page }) => {
  await page.setContent(html);
  await page.addScriptTag({ content: script });
  const seen = await page.evaluate(
    (ids) => {
      (window as unknown as TestWindow).fill();
      const rules = [...(document.styleSheets[0]?.cssRules ?? [])];
      return {
        images: ids.map(
          (id) => getComputedStyle(document.getElementById(id) ?? document.body).backgroundImage,
        ),
        colours: ids.map(
          (id) => getComputedStyle(document.getElementById(id) ?? document.body).backgroundColor,
        ),
        important: rules.find((rule) => rule.cssText.startsWith('#important'))?.cssText,
        font: rules.find((rule) => rule.cssText.startsWith('@font-face'))?.cssText,
      };
    },
    ['shorthand', 'important', 'nested', 'variable', 'waits'],
  );
  const shown = 'url("blob:null/shown")';
  expect(seen.images).toEqual([shown, shown, shown, shown, `url("${pixel}#alongside-asset:${unknown}")`]);
  expect(seen.colours[0]).toBe('rgb(1, 2, 3)');
  expect(seen.important).toContain('!important');
  expect(seen.font).toContain(shown);
  expect(seen.font).not.toContain('alongside-asset');
});
