/** A part's file: checked before it runs, and asked for by another address once it has failed. */

import { afterEach, expect, it, vi } from 'vitest';
import { loadScriptPart, prefetchScriptPart } from './load-script-part.js';

const base = 'data:text/javascript,export const part = 1;//';
const asked: { href: string; integrity: string }[] = [];
let fails = true;

/** A browser's link, of which a test decides whether its file comes. */
class Link extends EventTarget {
  readonly relList = { supports: () => true };
  href = '';
  integrity = '';
  remove = (): void => undefined;
}

function page(): void {
  const append = (link: Link): void => {
    asked.push({ href: link.href, integrity: link.integrity });
    link.dispatchEvent(new Event(fails ? 'error' : 'load'));
  };
  vi.stubGlobal('document', { createElement: () => new Link(), head: { append } });
}
afterEach(() => void vi.unstubAllGlobals());

it('asks for a file that failed by an address that no browser remembers as failed', async () => {
  page();
  const file = 'https://service.test/sdk/v1/panel-0123.js';
  const part = { file, integrity: 'sha384-x' };
  for (const _ of [1, 2]) await expect(loadScriptPart(part, 'https://service.test/')).rejects.toThrow();
  expect(asked).toEqual([
    { href: file, integrity: 'sha384-x' },
    { href: `${file}?again=1`, integrity: 'sha384-x' },
  ]);
});

it('asks anew as well for what failed while it was only brought near', async () => {
  page();
  asked.length = 0;
  const part = { file: 'https://service.test/sdk/v1/sharing-0123.js', integrity: 'sha384-z' };
  prefetchScriptPart(part, 'https://service.test/');
  await expect(loadScriptPart(part, 'https://service.test/')).rejects.toThrow();
  // A failure is noted once its promise is: whoever loads in the same breath asks by the same address.
  await expect(loadScriptPart(part, 'https://service.test/')).rejects.toThrow();
  expect(asked.map(({ href }) => href)).toEqual([part.file, part.file, `${part.file}?again=2`]);
});

it('runs what was checked', async () => {
  fails = false;
  page();
  expect(await loadScriptPart({ file: base, integrity: 'sha384-y' }, base)).toMatchObject({ part: 1 });
});
