/** The language of the notice. */

import { expect, it } from 'vitest';
import { chooseLanguage } from './choose-language.js';

it('follows the page, then the browser, then speaks English', () => {
  expect(chooseLanguage('de-AT', ['en'])).toBe('de');
  expect(chooseLanguage('', ['fi', 'DE-de', 'en'])).toBe('de');
  expect(chooseLanguage('fi', ['sv'])).toBe('en');
  expect(chooseLanguage('english', [])).toBe('en');
});
