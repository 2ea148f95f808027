import { describe, expect, it } from 'vitest';
import { maskMediaQuery } from './media-query.js';

describe('maskMediaQuery', () => {
  it.each([
    '',
    'print',
    'screen and (min-width: 600px)',
    'not all',
    '(prefers-color-scheme: dark), print',
    '(width >= 40em)',
  ])('shows %s', (query) => {
    expect(maskMediaQuery(query)).toBe(query);
  });
  it.each([
    'tk8f3q9zm4',
    'screen and (user: mira)',
    '(min-width: 4111111111px)',
    'print/*x*/;',
    'screen "x"',
  ])('lets %s match nothing', (query) => {
    expect(maskMediaQuery(query)).toBe('not all');
  });
});
