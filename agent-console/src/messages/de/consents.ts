/** German: explicit consent to transfers, and visitors who may be children. */

import type { consents as en } from '../en/consents.js';

export const consents: { readonly [K in keyof typeof en]: string } = {
  'asked.agreed':
    'Der Besucher hat zugestimmt, aber Sie konnten gerade nicht hereingelassen werden. Bitte versuchen Sie es noch einmal.',
  'asked.in': 'Der Besucher hat zugestimmt. Sie sind dabei.',
  'asked.asked':
    'An Ihrem Arbeitsort deckt das nichts ab. Der Besucher wird gerade um seine ausdrückliche Einwilligung gebeten; mit dem Ja sind Sie dabei.',
  'asked.refused': 'Der Besucher hat nicht zugestimmt, dass Sie dies an Ihrem Arbeitsort sehen.',
  'consents.allow':
    'Besucher dürfen um ausdrückliche Einwilligung gebeten werden (Art. 49 Abs. 1 lit. a DSGVO)',
  'consents.allowHint':
    'Nur wo sonst nichts das Land einer Person abdeckt, für ein einziges Gespräch, und nie für Gespeichertes. Für den Regelbetrieb ist es keine Grundlage.',
  'consents.country': 'Wohin',
  'consents.granted': 'Zugestimmt',
  'consents.list': 'Ausdrückliche Einwilligungen',
  'consents.listText':
    'Jedes Gespräch, in dem ein Besucher gefragt wurde, mit den gezeigten Worten. Wer Nein gesagt hat, wird nicht noch einmal gefragt.',
  'consents.most': 'Gespräche im Monat',
  'consents.mostHint': 'Mehr als ein paar ist nicht mehr gelegentlich und wird abgelehnt.',
  'consents.none': 'Kein Besucher wurde gefragt.',
  'consents.off': 'Kein Besucher wird gefragt: Das Verzeichnis erlaubt es nicht.',
  'consents.on': 'Besucher dürfen gefragt werden, in höchstens {most} Gesprächen im Monat.',
  'consents.refused': 'Nicht zugestimmt',
  'consents.thisMonth': 'In diesem Monat: {count} von {most}.',
  'consents.title': 'Ausdrückliche Einwilligung',
  'consents.until': 'bis {until}',
  'consents.when': 'Wann',
  'consents.what': 'Antwort',
  'consents.words': 'Worte vom {version}, {language}',
  'engagement.asksNothing': 'Nicht alt genug, oder nicht bekannt',
  'engagement.asksNothingText':
    'Der Besucher hat nicht gesagt, dass er alt genug ist, um einzuwilligen. Um Seite, Steuerung und Anrufe kann nicht gebeten werden.',
  'engagement.byConsent': 'Sie sind mit ausdrücklicher Einwilligung des Besuchers hier',
  'engagement.byConsentText':
    'Sonst deckt nichts ab, dies an Ihrem Arbeitsort zu zeigen. Es endet, wenn er sie zurücknimmt, und mit dem Gespräch; nachlesen können Sie es nicht.',
  'fact.ofAgeBy': 'Alt genug zum Einwilligen, nach den Altersgrenzen vom',
  'fact.scope.transfer': 'in einem anderen Land gezeigt werden',
  'fact.toCountry': 'Wohin',
  'fact.wordsLanguage': 'Gefragt auf',
  'fact.wordsVersion': 'Worte vom',
  'site.audience': 'Kinder',
  'site.audience.general': 'Nicht für Kinder gedacht: niemand wird gefragt',
  'site.audience.mayBeChildren': 'Kinder können kommen: fragen, und ihnen ohne Einwilligungen helfen',
  'site.audience.noChildren': 'Kinder dürfen nicht: nur wer alt genug ist, beginnt',
  'site.audienceHint':
    'Gefragt wird, bevor etwas von einem Besucher genommen wird: mit dem Alter des einen Landes, in dem Ihre Besucher sind, sonst mit 16. Festgehalten wird nur ein Ja. Wer jünger ist, wird um keine Einwilligung gebeten: keine Seite, keine Steuerung, kein Anruf.',
};
