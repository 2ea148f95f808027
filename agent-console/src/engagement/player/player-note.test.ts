/** One sentence for many states of the shown page. */

import { describe, expect, it } from 'vitest';
import { noteOf } from './player-note.js';

const live = { receiver: 'live', shown: true } as const;

describe('the note above the page', () => {
  it.each([
    ['live', live, false, true],
    ['asking', { ...live, isAsking: true, isLagging: true }, false, true],
    ['paused', { ...live, isAsking: true }, true, true],
    ['opening', { receiver: 'waiting', shown: false }, false, true],
    ['paused', live, true, true],
    ['catchingUp', { receiver: 'catchingUp', shown: true }, false, true],
    ['catchingUp', { ...live, isLagging: true }, false, true],
    ['reconnecting', { receiver: 'connecting', shown: true }, false, true],
    ['reconnecting', { receiver: 'ended', shown: false, failure: { code: 'unreachable' } }, false, true],
    ['otherWindow', { receiver: 'ended', shown: true, failure: { code: 'alreadyTaken' } }, false, true],
    ['navigating', { receiver: 'visitorAway', shown: true }, true, true],
    ['away', { receiver: 'visitorAway', shown: true }, true, false],
    ['untrusted', { receiver: 'untrusted', shown: true }, true, false],
    ['tooLarge', { receiver: 'connecting', shown: true, fault: 'tooDeep' }, false, true],
    ['tooLarge', { receiver: 'waiting', shown: false, fault: 'tooLarge' }, false, true],
    ['unshowable', { receiver: 'unreadable', shown: false }, false, true],
    ['unshowable', { ...live, fault: 'malformed' }, false, true],
    ['away', { receiver: 'visitorAway', shown: true, fault: 'malformed' }, false, false],
  ] as const)('says %s', (note, state, paused, connected) => {
    expect(noteOf(state, paused, { connected, isElsewhere: false })).toBe(note);
  });

  it('says that the visitor is elsewhere, as long as nothing else is shown', () => {
    const visitor = { connected: false, isElsewhere: true };
    expect(noteOf({ receiver: 'visitorAway', shown: true }, true, visitor)).toBe('elsewhere');
    expect(noteOf(live, false, visitor)).toBe('live');
  });
});
