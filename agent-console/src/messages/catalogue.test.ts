/** Both languages say everything, with the same values, and every closed list has its sentence. */

import { intentRefusals, refusals } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import { messagesIn } from './catalogue.js';
import { de } from './de.js';
import { admin } from './en/admin.js';
import { agents } from './en/agents.js';
import { desk } from './en/desk.js';
import { engagement } from './en/engagement.js';
import { facts } from './en/facts.js';
import { failures } from './en/failures.js';
import { session } from './en/session.js';
import { en } from './en.js';

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
const keys = Object.keys(en) as (keyof typeof en)[];

describe('the catalogue', () => {
  it('has the same keys in both languages', () => {
    expect(Object.keys(de).sort()).toEqual([...keys].sort());
  });

  it('has no key in two of its parts', () => {
    const parts = [admin, agents, desk, engagement, facts, failures, session].flatMap((part) =>
      Object.keys(part),
    );
    expect(new Set(parts).size).toBe(parts.length);
  });

  it.each(keys)('says %s with the same values in both', (key) => {
    expect(en[key].trim()).not.toBe('');
    expect(placeholders(de[key])).toEqual(placeholders(en[key]));
  });

  it('has a sentence for every refusal of the service', () => {
    const { has } = messagesIn('en');
    const codes = [...Object.keys(refusals), 'unreachable', 'notLoaded'];
    expect(codes.filter((code) => !has(`failure.${code}`))).toEqual([]);
  });

  it('has a sentence for every refusal of the visitor’s page', () => {
    const { has } = messagesIn('en');
    expect(intentRefusals.filter((code) => !has(`intent.${code}`))).toEqual([]);
  });

  it('has both numbers of everything that is counted', () => {
    const { has } = messagesIn('en');
    const counted = keys.filter((key) => key.endsWith('.other'));
    expect(counted.length).toBeGreaterThan(3);
    expect(counted.filter((key) => !has(key.replace(/\.other$/, '.one')))).toEqual([]);
  });

  it('fills values in, and counts', () => {
    const { t, plural } = messagesIn('de');
    expect(t('chat.typing', { name: 'Mira' })).toBe('Mira schreibt …');
    expect(plural('queue.minutes', 1)).toBe('wartet seit 1 Minute');
    expect(plural('queue.minutes', 7)).toBe('wartet seit 7 Minuten');
  });
});
