/** Every screen has an address, and every address leads to one screen. */

import { describe, expect, it } from 'vitest';
import type { Route } from './router.js';
import { parseRoute, pathOf } from './router.js';

const routes: readonly Route[] = [
  { screen: 'queue' },
  { screen: 'engagement', id: 'a1' },
  { screen: 'records' },
  { screen: 'record', id: 'a1' },
  { screen: 'admin', section: 'people' },
  { screen: 'site', id: 's1', tab: 'survey' },
  { screen: 'admin', section: 'retention' },
  { screen: 'statistics' },
  { screen: 'signUp' },
  { screen: 'enrol' },
];

describe('addresses', () => {
  it.each(routes)('lead back to where they come from: %o', (route) => {
    expect(parseRoute(pathOf(route))).toEqual(route);
  });

  it.each([
    ['/', 'queue'],
    ['/admin', 'admin'],
    ['/admin/sites/s1', 'site'],
    ['/admin/nothing', 'notFound'],
    ['/engagements', 'notFound'],
    ['/elsewhere', 'notFound'],
  ])('%s leads to %s', (path, screen) => {
    expect(parseRoute(path).screen).toBe(screen);
  });
});
