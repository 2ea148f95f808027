/** Every field of every technical fact has its words; what has no end says why. */

import type { EngagementRecord } from '@alongside/protocol';
import { languages } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import { messagesIn } from '../messages/catalogue.js';
import { formatsIn } from '../messages/formats.js';
import type { Fact } from './fact-details.js';
import { factDetails } from './fact-details.js';

const aki = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const at = Date.UTC(2026, 4, 6, 12, 30);
const fact = (kind: string, fields: Fact['fields'], from = at): Fact =>
  ({ kind, at: from, fields }) as unknown as Fact;
const recordOf = (metadata: readonly Fact[], endedAt?: number): EngagementRecord =>
  ({ agentName: 'Aki', endedAt, metadata }) as unknown as EngagementRecord;
const en = { ...messagesIn('en'), ...formatsIn('en') };
const said = (each: Fact, record = recordOf([each])): readonly string[] =>
  factDetails(record, each, en).map(({ label, value }) => `${label}: ${value}`);

/** As `records` tells them: each kind with each of its fields. */
const facts: readonly Fact[] = [
  fact('requested', {
    language: 'en',
    noticeVersion: 2,
    originCountry: 'FI',
    originEvidence: 'siteSetting',
  }),
  fact('accepted', { agentId: aki, agentCountry: 'DE' }),
  fact('ended', { by: 'visitor', reason: 'visitorEnded' }),
  fact('consent', { entry: 3, scope: 'view', act: 'granted', agentId: aki }),
  fact('lease', {
    lease: 1,
    agentId: aki,
    kinds: 'scroll,click',
    leaseMs: 60_000,
    endedAt: at,
    endedBy: 'visitor',
    endReason: 'takenBack',
  }),
  fact('watched', {
    agentId: aki,
    watchedTo: at,
    points: 2,
    draws: 1,
    scrolls: 1,
    clicks: 1,
    types: 1,
    navigations: 1,
  }),
  fact('delivered', {
    agentId: aki,
    kind: 'document',
    documentId: '22222222-2222-4222-8222-222222222222',
    openedAt: at,
    dismissedAt: at,
  }),
  fact('call', { media: 'voice', startedBy: 'agent', endedAt: at, endedBy: 'system', durationMs: 61_000 }),
  fact('callExpert', {
    role: 'expert',
    expert: 'Dr. Lin',
    organisation: 'Optics Ltd',
    expertCountry: 'FI',
    agentId: aki,
    usedAt: at,
    revokedAt: at,
    refusedAt: at,
  }),
  fact('callPresence', {
    agentId: aki,
    mode: 'listen',
    noticedAt: at,
    leftAt: at,
    endReason: 'connectionLost',
    removedBy: 'agent',
    removerId: aki,
  }),
  fact('callSample', {
    role: 'supervisor',
    agentId: aki,
    upLossPermille: 80,
    downLossPermille: 4,
    jitter: 12,
    roundTrip: 40,
    upKbps: 300,
    downKbps: 310,
    upQuality: 7,
    downQuality: 10,
  }),
  fact('connected', {
    party: 'visitor',
    agentId: aki,
    truncatedAddress: '127.0.0.0/24',
    software: 'Chrome 156',
  }),
];

describe.each(languages)('in %s', (language) => {
  const words = { ...messagesIn(language), ...formatsIn(language) };

  it.each(facts)('$kind has a label for each of its fields', (each) => {
    for (const { name, label } of factDetails(recordOf([each]), each, words)) {
      expect(words.has(`fact.${name}`)).toBe(true);
      expect(label).not.toBe(name);
    }
  });
});

describe('a fact', () => {
  it.each([
    [
      facts[0],
      [
        'Language: English',
        'Version of the notice: 2',
        'Country of origin: Finland',
        'Known from: setting of the site',
      ],
    ],
    [facts[1], ['Agent: Aki', 'Works in: Germany']],
    [facts[2], ['By: Visitor', 'Because: the visitor ended it']],
    [facts[3], ['Number in the ledger: 3', 'What: see the page', 'Answer: allowed', 'Agent: Aki']],
  ] as const)('is told in words', (each, lines) => {
    expect(each === undefined ? [] : said(each)).toEqual(lines);
  });

  it('tells spans as a clock, and kinds by their names', () => {
    expect(said(facts[4] ?? fact('', {}))).toEqual(
      expect.arrayContaining(['At most: 1:00', 'For: Scroll, Click', 'Because: the visitor took it back']),
    );
  });

  it('keeps silent about acts that did not happen', () => {
    const watched = fact('watched', { watchedTo: at, points: 0, clicks: 4 });
    expect(said(watched)).toEqual([expect.stringMatching(/^Until: /), 'Clicks: 4']);
  });

  it.each(['watched', 'lease', 'call'])('of the kind %s without an end says why', (kind) => {
    const open = fact(kind, {});
    const later = fact(kind, {}, at + 1);
    expect(said(open)).toEqual(['Until: still running']);
    expect(said(open, recordOf([open], at + 5))).toEqual(['Until: end not known: the connection was lost']);
    // Leases run beside each other: a later one says nothing of the former.
    const why = kind === 'lease' ? 'still running' : 'end not known: the connection was lost';
    expect(said(open, recordOf([open, later]))).toEqual([`Until: ${why}`]);
  });

  it.each(['lease', 'call'])('of the kind %s that a lost connection ended says so', (kind) => {
    const lost = fact(kind, { endedAt: at, endReason: 'connectionLost' });
    expect(said(lost)).toEqual([expect.stringMatching(/^Until: .*2026/), 'Because: the connection was lost']);
  });

  it('names nobody where several agents took part', () => {
    const other = fact('consent', { agentId: 'b' });
    const accepted = facts[1] ?? fact('', {});
    expect(said(accepted, recordOf([accepted, other]))[0]).toBe(`Agent: ${aki}`);
  });

  it('of a later version is told as it is', () => {
    expect(said(fact('new', { someField: 'value' }))).toEqual(['someField: value']);
  });
});
