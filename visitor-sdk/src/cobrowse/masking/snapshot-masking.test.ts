/** A snapshot that is masked in parts is the one that is masked at once. */

import { beforeEach, describe, expect, it } from 'vitest';
import { SECRET } from '../../../test/fake-page.js';
import { FIELD, MASKED, MaskedPage, SHOWN } from '../../../test/masked-page.js';

let { masker, put, change, show } = new MaskedPage();
beforeEach(() => {
  ({ masker, put, change, show } = new MaskedPage());
});

describe('a snapshot in parts', () => {
  const element = (id: number, tagName: string, childNodes: readonly object[] = [], attributes = {}) => ({
    ...{ id, type: 2, tagName, attributes, childNodes },
  });
  const text = (id: number, textContent: string) => ({ id, type: 3, textContent });
  const raw = (word: string) => ({
    ...{ id: 1, type: 0 },
    childNodes: [
      element(2, 'style', [text(3, '')], { _cssText: '.late{color:red}' }),
      element(4, 'div', [
        element(5, 'p', [text(6, word)], { class: `late ${SECRET}` }),
        element(7, 'p', [text(8, SECRET)]),
      ]),
      element(9, 'form', [element(10, 'input', [], { value: SECRET }), text(11, 'shown')]),
    ],
  });
  const initialOffset = { left: 1, top: 2 };

  beforeEach(() => {
    for (const [id, tag] of [
      [2, 'style'],
      [3, 'style'],
      [4, 'div'],
      [5, 'p'],
      [6, 'p'],
      [9, 'form'],
      [11, 'form'],
    ] as const)
      put(id, tag, SHOWN);
    for (const id of [7, 8]) put(id, 'p', MASKED);
    put(10, 'input', FIELD);
  });

  function inParts(word: string) {
    const masking = masker.inParts(raw(word));
    let parts = 1;
    while (!masking.goOn(() => false)) parts += 1;
    return { parts, finish: () => masking.finish(initialOffset) };
  }

  it('is the one that is masked at once', () => {
    const { parts, finish } = inParts('plain');
    expect(parts).toBeGreaterThan(10);
    const { event, json } = finish();
    expect(json).not.toContain(SECRET);
    expect(json).toContain('plain');
    expect(JSON.parse(json ?? '')).toEqual(JSON.parse(JSON.stringify(event)));
    const [atOnce] = masker.mask({ type: 2, timestamp: 5, data: { node: raw('plain'), initialOffset } });
    expect(event).toEqual(atOnce);
  });

  it('is written only for those who want it as text', () => {
    const masking = masker.inParts(raw('plain'), false);
    while (!masking.goOn(() => true));
    const { event, json } = masking.finish(initialOffset);
    expect(json).toBeUndefined();
    expect(event).toEqual(inParts('plain').finish().event);
  });

  it('leaves those who watch already what they have when it is dropped', () => {
    masker.mask({ type: 2, timestamp: 5, data: { node: raw('plain'), initialOffset } });
    put(12, 'p', SHOWN);
    show(12, 'elsewhere');
    inParts('plain');
    const changed = change({
      texts: [
        { id: 6, value: 'other' },
        { id: 12, value: 'again' },
      ],
    });
    expect(changed).toMatchObject([
      {
        data: {
          texts: [
            { id: 6, value: 'other' },
            { id: 12, value: 'again' },
          ],
        },
      },
    ]);
  });

  it('is what is known once it is whole', () => {
    put(12, 'p', SHOWN);
    show(12, 'elsewhere');
    inParts('plain').finish();
    expect(change({ texts: [{ id: 12, value: 'gone' }] }), 'it is no part of the snapshot').toEqual([]);
    expect(change({ texts: [{ id: 6, value: 'other' }] })).toHaveLength(1);
  });
});
