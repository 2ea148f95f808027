/** The version that the ledger of consents names is of the words that are shown: new words are a new version. */

import { createHash } from 'node:crypto';
import { askedWordsVersions } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import { de } from './de.js';
import { en } from './en.js';
import { askedIn, wordsVersion } from './words-version.js';

/** What asks for a consent, and what a visitor presses to give one. */
const asking =
  /^(ask\.(?!confirm|open|transfer|covered|saving|failed)|control\.(point|draw|scroll|click|type|navigate)$|agents\.show|call\.(offer|cameraOn))/;
const wordsOf = (catalogue: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(catalogue).filter(([key]) => asking.test(key)));

/** Every version that was ever shown, with the hash of its file: consents name it for as long as they are kept. */
const shown = {
  '2026-11-22': '1YiqrOUwxKM-0YW9ty5sJtHhRcjYfJsowRv_9xnr6WI',
  '2026-11-23': '0XiKDvCOwUSTXOapUvGwSdeT3v_O2Ia4uwGGhrGT0pg',
  '2026-11-24': 'x-hCnNfADwRFw6Xll7_Y3fIRPKtXaHeihjA5rVA4TJs',
};

describe('the words in which the panel asks', () => {
  it('are those of the version that goes with every yes', () => {
    const kept = askedWordsVersions[wordsVersion];
    expect({ en: wordsOf(en), de: wordsOf(de) }).toEqual(kept);
    expect(Object.keys(kept?.en ?? {})).toContain('ask.view.heading');
    expect(askedIn('de')).toEqual({ version: wordsVersion, language: 'de' });
  });

  it('stay as they were shown', () => {
    expect(Object.keys(shown)).toContain(wordsVersion);
    expect(Object.keys(askedWordsVersions)).toEqual(Object.keys(shown));
    for (const [version, hash] of Object.entries(shown)) {
      const text = JSON.stringify(askedWordsVersions[version]);
      expect(createHash('sha256').update(text).digest('base64url')).toBe(hash);
    }
  });
});
