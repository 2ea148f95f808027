/** The receipt's lines: who did what from when to when, and why there may be no end. */

import type { Receipt } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import { de } from '../messages/de.js';
import { en } from '../messages/en.js';
import { Speech } from '../messages/speech.js';
import { actLine, consentLine, personLine } from './receipt-lines.js';

const speech = new Speech('en', en, ['en-GB']);
type Attendance = Receipt['attendance'][number];
const minute = 60_000;
const from = Date.UTC(2026, 4, 6, 12, 30);
const at = (time: number): string => speech.time(time);
const attendance = (what: Attendance['what'], to?: number, began = from): Attendance => ({
  displayName: 'Aki',
  country: 'FI',
  what,
  from: began,
  to,
});
const told = (each: Attendance, others: readonly Attendance[] = [], endedAt?: number): string =>
  personLine(speech, each, { attendance: [each, ...others], endedAt } as unknown as Receipt);

describe('who took part', () => {
  it.each([
    ['chat', 'wrote with you'],
    ['view', 'saw your page'],
    ['control', 'acted on your page'],
    ['call', 'spoke with you'],
  ] as const)('%s is told with its times, or with why there is no end', (what, words) => {
    const begun = `Aki (in Finland) ${words}`;
    expect(told(attendance(what, from + 5 * minute))).toBe(
      `${begun}, ${at(from)} to ${at(from + 5 * minute)}`,
    );
    expect(told(attendance(what, from + 1))).toBe(`${begun}, ${at(from)}`);
    expect(told(attendance(what))).toBe(`${begun}, since ${at(from)}`);
    const lost = `${begun}, from ${at(from)} until the connection was lost`;
    expect(told(attendance(what), [], from + minute)).toBe(lost);
    // Several act beside each other: a later one says nothing of the former.
    const beside = what === 'control' ? `${begun}, since ${at(from)}` : lost;
    expect(told(attendance(what), [attendance(what, undefined, from + minute)])).toBe(beside);
  });

  it('a lease that was given up for lost says so, though there is a time that it was last known', () => {
    const line = told({ ...attendance('control', from + minute), endLost: true });
    expect(line).toBe(`Aki (in Finland) acted on your page, from ${at(from)} until the connection was lost`);
  });

  it('who whispered in a call spoke to the whole team, in either language', () => {
    const whispered: Attendance = { ...attendance('call', from + 1), role: 'supervisor', mode: 'whisper' };
    expect(told(whispered)).toContain('listened to the call and spoke to the team alone');
    for (const [words, team] of [
      [en, 'the team'],
      [de, 'dem Team'],
    ] as const) {
      expect(words['agents.receipt.whisper']).toContain(team);
      expect(words['call.present.whisper']).toContain(team);
      expect(words['call.present.whisper']).not.toContain('{lead}');
    }
  });

  it('an expert is told with whom they work for, and on which basis they heard and saw', () => {
    const spoke: Attendance = { ...attendance('call', from + 1), mode: 'speak', organisation: 'Optics Ltd' };
    expect(told(spoke)).toBe(
      `Aki (in Finland) spoke with you in the call, as an expert of Optics Ltd, ${at(from)}`,
    );
    expect(told({ ...spoke, removedBy: 'visitor' })).toBe(`${told(spoke)}; you removed them from the call`);
    expect(told({ ...spoke, removedBy: 'agent' })).toContain('an agent removed them');
    const basis = {
      basis: 'NONE_DOMESTIC',
      fromCountry: 'FI',
      toCountry: 'FI',
      decisionId: '11111111-1111-4111-8111-111111111111',
      decidedAt: from,
    } as const;
    expect(told({ ...spoke, basis })).toBe(`${told(spoke)} (stays in Finland; no transfer basis is needed)`);
  });

  it('a view that goes on is not ended by a call that came later', () => {
    expect(told(attendance('view'), [attendance('call', undefined, from + minute)])).toMatch(/since/);
  });
});

describe('acts and consents', () => {
  it.each([
    [{ kind: 'click', count: 1 }, 'clicked: once'],
    [{ kind: 'type', count: 3 }, 'typed: 3 times'],
    [{ kind: 'later', count: 2 }, 'later: 2 times'],
  ])('%o is told', (act, line) => expect(actLine(speech, act)).toBe(line));

  it.each([
    ['view', 'granted', 'See the page: allowed'],
    ['voice', 'withdrawn', 'Your voice: withdrawn'],
    ['control', 'refused', 'Act on the page: refused'],
    ['later', 'granted', 'later: allowed'],
  ] as const)('%s %s is told', (scope, act, line) => {
    expect(consentLine(speech, { scope, act, at: from })).toBe(`${line}, ${at(from)}`);
  });

  it('a consent names the words and the language in which it was asked', () => {
    const words = { version: '2026-11-22', language: 'de' } as const;
    expect(consentLine(speech, { scope: 'view', act: 'granted', at: from, words })).toBe(
      `See the page: allowed, ${at(from)}, asked in German, words of 2026-11-22`,
    );
  });
});
