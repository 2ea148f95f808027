/** What a visitor is asked in: nothing that Art. 49(1)(a) asks for is missing, and what was shown stays. */

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consentWords, consentWordsVersion, countryNames } from './index.js';

describe('[W1] the words', () => {
  it('name the country in each language, and say that nothing protects data there and what may come of it', () => {
    const en = consentWords('IN', 'en');
    const de = consentWords('CH', 'de');
    expect(en?.heading).toContain('India');
    expect(de?.heading).toContain('Schweiz');
    expect(en?.paragraphs.join(' ')).toMatch(
      /no decision.*no contract or other safeguard.*authorities.*take it back/s,
    );
    expect(de?.paragraphs.join(' ')).toMatch(
      /keinen Beschluss.*keine andere Garantie.*Behörden.*zurücknehmen/s,
    );
  });

  it('leave no place unfilled, for any country', () => {
    for (const country of Object.keys(countryNames) as (keyof typeof countryNames)[]) {
      for (const language of ['en', 'de'] as const) {
        const words = consentWords(country, language);
        expect(JSON.stringify(words)).not.toMatch(/[{]\w+[}]/);
        expect(words?.version).toBe(consentWordsVersion);
      }
    }
  });

  it('stay as they were shown: whoever changes them makes a new version', () => {
    const shown = (['en', 'de'] as const).map((language) => consentWords('IN', language, '2026-11-22'));
    const hash = createHash('sha256').update(JSON.stringify(shown)).digest('base64url');
    expect(hash).toBe('--IWja8nUG58SD_4-pFCctJZNe0X9dgFlu5VcT8wxHY');
  });

  it('are none of a version that was never shown', () => {
    expect(consentWords('IN', 'en', '2020-01-01')).toBeUndefined();
    expect(consentWords('IN', 'en', 'toString')).toBeUndefined();
  });
});
