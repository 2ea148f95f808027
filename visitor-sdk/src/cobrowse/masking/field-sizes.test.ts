/** What makes a masked field larger is not shown, in whichever way the field is shown again. */

import { expect, it } from 'vitest';
import { FieldSizes } from './field-sizes.js';

it('a page that counts what is typed into the size of a field does not show it with the next snapshot', () => {
  const sizes = new FieldSizes();
  expect(sizes.shown(1, { class: 'a', style: 'color:red;' }, false)).toEqual({
    class: 'a',
    style: 'color:red;',
  });
  expect(sizes.changed(1, { size: '16' })).toEqual({});
  expect(sizes.shown(1, { class: 'a', style: 'color:red;width:160px;', size: '16' }, false)).toEqual({
    class: 'a',
    style: 'color:red;',
  });
  sizes.shown(2, { size: '4' }, false);
  expect(sizes.shown(2, { size: '16' }, false)).toEqual({ size: '4' });
});

it('a field that is masked only once something is in it keeps the size that it has then', () => {
  const sizes = new FieldSizes();
  expect(sizes.changed(1, { style: 'width:160px;' })).toEqual({ style: 'width:160px;' });
  expect(sizes.changed(1, { style: 'width:190px;' })).toEqual({});
});
