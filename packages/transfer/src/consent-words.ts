/**
 * The words in which a visitor is asked for explicit consent to a transfer that nothing else covers (GDPR
 * Art. 49(1)(a)): to where, that nothing protects it there as at home, and what may come of that. A version that was
 * shown stays as it is, since consents name it; new words are a new version.
 */

import type { CountryCode } from './country.js';

export type WordsLanguage = 'en' | 'de';

export interface ConsentWords {
  readonly version: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly yes: string;
}

/** `{country}` stands where its name needs no article and no case, in any language. */
export type WrittenWords = Omit<ConsentWords, 'version'>;

type InEveryLanguage = Readonly<Record<WordsLanguage, WrittenWords>>;

/** The newest first. */
const versions: Readonly<Record<string, InEveryLanguage>> = {
  '2026-11-22': {
    en: {
      heading: 'May somebody see this conversation from another country: {country}?',
      paragraphs: [
        'The person of this company who would help you works in another country: {country}. They would see there what is written in this conversation, and your page, voice or picture only if you agree to each of these as well.',
        'There is no decision that data are protected there as they are under the law that protects you, and no contract or other safeguard that makes up for it has been agreed.',
        'This means: authorities there may get at what is shown without the limits that apply to them here. You may not be able to enforce your rights there, and no independent authority or court there may be able to help you.',
        'Nothing of it is stored there. Your yes is for this conversation only, and you can take it back at any time with one press: what is shown there ends at once, and what was shown before stays lawful. If you say no, nobody there sees it, and the conversation goes on without them.',
      ],
      yes: 'Yes, show it there',
    },
    de: {
      heading: 'Darf jemand dieses Gespräch von einem anderen Land aus sehen: {country}?',
      paragraphs: [
        'Die Person dieses Unternehmens, die Ihnen helfen würde, arbeitet in einem anderen Land: {country}. Sie sähe dort, was in diesem Gespräch geschrieben wird; Ihre Seite, Ihre Stimme oder Ihr Bild nur, wenn Sie auch dem jeweils zustimmen.',
        'Es gibt keinen Beschluss, dass Daten dort so geschützt sind wie nach dem Recht, das Sie schützt, und es ist auch kein Vertrag und keine andere Garantie vereinbart, die das ausgleicht.',
        'Das heißt: Behörden dort können an das Gezeigte gelangen, ohne dass die Grenzen gelten, die hier für sie gelten. Ihre Rechte können Sie dort womöglich nicht durchsetzen, und es kann sein, dass Ihnen dort keine unabhängige Behörde und kein Gericht hilft.',
        'Gespeichert wird dort nichts. Ihr Ja gilt nur für dieses Gespräch, und Sie können es jederzeit mit einem Klick zurücknehmen: Was dort gezeigt wird, endet sofort; was vorher gezeigt wurde, bleibt rechtmäßig. Wenn Sie Nein sagen, sieht dort niemand etwas, und das Gespräch geht ohne diese Person weiter.',
      ],
      yes: 'Ja, dort zeigen',
    },
  },
};

const [newest = ''] = Object.keys(versions);

/** What a visitor is asked with now. */
export const consentWordsVersion: string = newest;

/** Undefined for a version that was never shown. */
export function writtenConsentWords(version: string): InEveryLanguage | undefined {
  return Object.hasOwn(versions, version) ? versions[version] : undefined;
}

/** As they are shown of one country. */
export function consentWords(
  country: CountryCode,
  language: WordsLanguage,
  version: string = newest,
): ConsentWords | undefined {
  const written = writtenConsentWords(version)?.[language];
  if (written === undefined) return undefined;
  const name = new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country;
  const named = (text: string) => text.replaceAll('{country}', name);
  return {
    version,
    heading: named(written.heading),
    paragraphs: written.paragraphs.map(named),
    yes: named(written.yes),
  };
}
