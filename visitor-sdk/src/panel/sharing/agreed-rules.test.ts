import type { MaskingPolicy } from '@alongside/protocol';
import { strictestMasking } from '@alongside/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { TabMemory } from '../session/tab-memory.js';
import { AgreedRules } from './agreed-rules.js';

const loose: MaskingPolicy = { ...strictestMasking, text: 'shown' };
const strict: MaskingPolicy = { ...loose, maskSelectors: ['.salary'] };
const consent = { name: 'one:4', since: 1000 };
const now = (masking: MaskingPolicy, maskingChangedAt = 500) => ({ masking, maskingChangedAt });

let stored: Map<string, string>;
const tab = () =>
  new TabMemory(
    {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
    'site_0123456789',
  );

beforeEach(() => {
  stored = new Map();
});

describe('the rules that hold', () => {
  it('are those of the site when they are older than the consent', () => {
    expect(new AgreedRules(tab()).holdingFor(consent, now(loose))).toEqual([loose]);
  });

  it('become stricter with every change, and never looser', () => {
    const rules = new AgreedRules(tab());
    rules.holdingFor(consent, now(loose));
    expect(rules.holdingFor(consent, now(strict, 2000))).toEqual([loose, strict]);
    expect(rules.holdingFor(consent, now(loose, 3000))).toEqual([loose, strict]);
  });

  it('stay what they were on the next page of this tab', () => {
    new AgreedRules(tab()).holdingFor(consent, now(strict));
    expect(new AgreedRules(tab()).holdingFor(consent, now(loose, 2000))).toEqual([strict, loose]);
  });

  it('show structure only in a tab that cannot know what was agreed to', () => {
    expect(new AgreedRules(tab()).holdingFor(consent, now(loose, 2000))).toEqual([strictestMasking, loose]);
  });

  it('are those that the visitor was asked for, whatever changed while they answered', () => {
    const rules = new AgreedRules(tab());
    rules.agreeTo(strict);
    expect(rules.holdingFor(consent, now(loose, 1001))).toEqual([strict, loose]);
  });

  it('begin anew with another yes', () => {
    const rules = new AgreedRules(tab());
    rules.holdingFor(consent, now(strict));
    rules.agreeTo(loose);
    expect(rules.holdingFor({ name: 'one:9', since: 5000 }, now(loose))).toEqual([loose]);
  });

  it('are the strictest ones when there were too many, or when somebody else wrote them', () => {
    const rules = new AgreedRules(tab());
    for (let index = 0; index < 13; index += 1) {
      rules.holdingFor(consent, now({ ...loose, maskSelectors: [`.a${index}`] }));
    }
    const last = { ...loose, maskSelectors: ['.a12'] };
    expect(rules.holdingFor(consent, now(last))).toEqual([strictestMasking, last]);
    const forged = tab();
    forged.set('rules', JSON.stringify({ consent: consent.name, rules: [{ text: 'shown' }] }));
    expect(new AgreedRules(forged).holdingFor(consent, now(loose))).toEqual([strictestMasking, loose]);
  });
});
