/** Nobody is said to be here, or away, by a console that hears nothing. */

import { expect, it } from 'vitest';
import { messagesIn } from '../messages/catalogue.js';
import { presenceOf } from './presence.js';

it.each([
  [true, false, 'here'],
  [false, false, 'away'],
  [true, true, 'unknown'],
  [false, true, 'unknown'],
] as const)(
  'a visitor last heard of as connected: %s, with the own line lost: %s, is %s',
  (connected, lost, presence) => {
    expect(presenceOf({ visitor: { language: 'en', connected } }, lost)).toBe(presence);
  },
);

it.each(['en', 'de'] as const)('each is said in other words (%s)', (language) => {
  const { t } = messagesIn(language);
  const words = (['here', 'away', 'unknown'] as const).map((presence) => t(`presence.${presence}`));
  expect(new Set(words).size).toBe(3);
});
