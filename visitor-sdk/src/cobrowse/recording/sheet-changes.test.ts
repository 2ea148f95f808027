import { beforeEach, describe, expect, it } from 'vitest';
import type { Told } from './patched-method.js';
import { SheetChanges } from './sheet-changes.js';

interface Sheet {
  readonly ownerNode: object | null;
  readonly href: null;
  cssRules: { readonly cssText: string }[];
}

const owner = {};
let heard: Map<string, Told>;
let told: unknown[];
let turn: number;
let onSettle: () => void;
let changes: SheetChanges;

const shared = { prototype: { isShared: true } };
const group = { prototype: {} };

beforeEach(() => {
  heard = new Map();
  told = [];
  turn = 1;
  onSettle = () => undefined;
  changes = new SheetChanges({
    shownNumber: () => 7,
    ownerOf: (root) => root,
    turnOf: () => turn,
    settle: () => onSettle(),
    run: (act) => act(),
    after: (of, name, tell) => {
      if (of === shared.prototype) heard.set(name, tell);
      return () => undefined;
    },
    onChange: (data) => told.push(data),
  });
  const realm = { CSSStyleSheet: shared, CSSGroupingRule: group, Document: group, ShadowRoot: group };
  changes.watch(realm as unknown as Window & typeof globalThis);
});

const sheet = (of: object | null, ...texts: readonly string[]): Sheet => ({
  ownerNode: of,
  href: null,
  cssRules: texts.map((cssText) => ({ cssText })),
});
const call = (at: Sheet, name: string, parameters: readonly unknown[], answer?: unknown) =>
  heard.get(name)?.(at, parameters, answer);
const adopt = (...sheets: readonly Sheet[]) =>
  changes.adopted({ adoptedStyleSheets: sheets } as unknown as Document);

describe('a rule that is put into the sheet of an element', () => {
  it('is told after what has happened before it', () => {
    onSettle = () => told.push('before');
    call(sheet(owner), 'insertRule', ['p{}', 0]);
    expect(told).toEqual(['before', { source: 8, id: 7, adds: [{ rule: 'p{}', index: 0 }] }]);
  });

  it('is not told by itself where the element is read with it', () => {
    onSettle = () => {
      turn += 1;
      onSettle = () => undefined;
    };
    call(sheet(owner), 'insertRule', ['p{}', 0]);
    expect(told).toEqual([]);
    call(sheet(owner), 'insertRule', ['q{}', 1]);
    expect(told).toEqual([{ source: 8, id: 7, adds: [{ rule: 'q{}', index: 1 }] }]);
  });
});

describe('a sheet that is replaced later', () => {
  it('is told as what has come of it, though it was adopted before', async () => {
    const adopted = sheet(null);
    let resolve: () => void = () => undefined;
    const promise = new Promise<void>((done) => {
      resolve = done;
    });
    call(adopted, 'replace', ['p{color:red}'], promise);
    adopt(adopted);
    told.length = 0;
    adopted.cssRules = [{ cssText: 'p { color: red; }' }];
    resolve();
    await expect.poll(() => told).toEqual([{ source: 8, styleId: 1, replaceSync: 'p { color: red; }' }]);
  });

  it('is not told where it may not be replaced', async () => {
    const adopted = sheet(null);
    adopt(adopted);
    told.length = 0;
    await Promise.allSettled([call(adopted, 'replace', ['p{}'], Promise.reject(new Error('no')))]);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(told).toEqual([]);
  });
});
