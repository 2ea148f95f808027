/** Where to complain: the customer itself, then the authority of its country, then a court. */
import { eeaCountries } from '@alongside/transfer';
import { describe, expect, it } from 'vitest';
import { complaintText, redressText } from './redress.js';

const facts = { controller: 'Hazel', contact: 'privacy@hazel.example', country: 'FI', language: 'en' };
const authorityIn = (country: string) =>
  /complain to (.+), or to the authority/.exec(redressText({ ...facts, country }))?.[1] ?? '';

describe('redress', () => {
  it.each([
    ['FI', 'Office of the Data Protection Ombudsman', 'Tietosuojavaltuutetun toimisto'],
    ['FR', 'Commission Nationale de l’Informatique et des Libertés (CNIL)', '(CNIL)'],
    ['GB', 'Information Commissioner’s Office / Information Commission', 'Information Commissioner’s Office'],
    ['CH', 'Federal Data Protection and Information Commissioner (FDPIC)', '(EDÖB)'],
    [
      'DE',
      'the data protection authority of the Land, or the Federal Commissioner (BfDI)',
      'die Datenschutzaufsicht des Bundeslandes oder die oder der Bundesbeauftragte (BfDI)',
    ],
  ] as const)('of a customer in %s names %s', (country, authority, german) => {
    expect(authorityIn(country)).toBe(authority);
    expect(redressText({ ...facts, country, language: 'de' })).toContain(german);
  });

  it('names the authority of every country of the three laws', () => {
    const named = [...eeaCountries, 'GB', 'CH'].map(authorityIn);
    expect(named.filter((each) => each === '' || each.includes('where you live'))).toEqual([]);
    expect(authorityIn('RE')).toBe(authorityIn('FR'));
  });

  it('has nothing English in a German sentence', () => {
    for (const country of [...eeaCountries, 'CH'])
      expect(complaintText({ country, language: 'de' })).not.toMatch(
        /\b(of|the|for|Office|Agency|Inspectorate)\b/,
      );
  });

  it('names the one where the visitor lives or works where no law of the three binds the customer', () => {
    for (const country of ['US', null])
      expect(redressText({ ...facts, country })).toContain(
        'complain to the data protection authority of the country where you live or work',
      );
  });

  it('names the Federal Trade Commission and arbitration where the store rests on the framework, and nowhere else', () => {
    for (const language of ['en', 'de']) {
      const told = (basis?: string) => complaintText({ country: 'FI', language }, basis);
      for (const basis of ['DPF_EU', 'DPF_UK_EXT', 'DPF_CH'])
        expect(told(basis)).toMatch(/Federal Trade Commission.*(arbitration|Schiedsverfahren)/);
      for (const basis of ['SCC_M2', 'ADEQUACY', undefined])
        expect(told(basis)).not.toContain('Federal Trade');
      expect(told()).toMatch(/Data Protection Ombudsman|Tietosuojavaltuutetun toimisto/);
    }
  });

  it('costs nothing, and tells how the customer is reached', () => {
    expect(redressText(facts)).toContain(
      'ask Hazel (privacy@hazel.example) to look at this again, at no cost',
    );
    expect(redressText({ ...facts, language: 'de' })).toContain('Hazel (privacy@hazel.example) kostenlos');
    expect(redressText({ ...facts, contact: null })).toContain('ask Hazel to look');
  });
});
