/** No cell of an export is a formula, and every cell can be read back as it was. */

import { expect, it } from 'vitest';
import { csvField } from './export-csv.js';

it.each([
  ["=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""],
  ['+49 30 1', '"\'+49 30 1"'],
  ['-1', '"\'-1"'],
  ['@SUM(A1)', '"\'@SUM(A1)"'],
  ['  =1+1', '"\'  =1+1"'],
  ['\t=1', '"\'\t=1"'],
  ['says "no", and\r\nleaves', '"says ""no"", and\r\nleaves"'],
  ['What is APR?', '"What is APR?"'],
  ['', '""'],
])('%j becomes %j', (text, cell) => expect(csvField(text)).toBe(cell));
