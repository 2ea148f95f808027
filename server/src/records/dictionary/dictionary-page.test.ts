/** The page of the data dictionary is as the descriptions are: a column that is new or described anew makes it stale. */

import { expect, it } from 'vitest';
import { dataDictionary } from './data-dictionary.js';
import { dictionaryPage } from './dictionary-page.js';

it('is as it was written last', async () => {
  await expect(dictionaryPage()).toMatchFileSnapshot('../DICTIONARY.md');
});

it('tells of each column its class, purpose, source, basis and term', () => {
  const page = dictionaryPage();
  for (const [table, { class: of, columns }] of Object.entries(dataDictionary)) {
    const [, part = ''] = page.split(`## ${table} (${of})\n`);
    for (const column of Object.keys(columns)) {
      const [line = ''] = part.split('\n').filter((each) => each.startsWith(`| \`${column}\` |`));
      expect(line.split(' | ').map((cell) => cell.length > 2)).toEqual(Array(6).fill(true));
    }
  }
});
