/** English: explicit consent to transfers, and visitors who may be children. */

export const consents = {
  'asked.agreed': 'The visitor has agreed, but you could not be let in right now. Please try once more.',
  'asked.in': 'The visitor has agreed. You are in.',
  'asked.asked':
    'Nothing covers showing this where you work. The visitor is being asked for their explicit consent; you are let in as soon as they agree.',
  'asked.refused': 'The visitor has not agreed that you see this where you work.',
  'consents.allow': 'Visitors may be asked for explicit consent (GDPR Art. 49(1)(a))',
  'consents.allowHint':
    'Only where nothing else covers an agent’s country, for one conversation, and never for what is stored. It is no basis for routine.',
  'consents.country': 'To where',
  'consents.granted': 'Agreed',
  'consents.list': 'Explicit consents',
  'consents.listText':
    'Each conversation in which a visitor was asked, with the words that were shown. Nobody is asked again who has said no.',
  'consents.most': 'Conversations in a month',
  'consents.mostHint': 'More than a few is no longer occasional, and refused.',
  'consents.none': 'No visitor was asked.',
  'consents.off': 'No visitor is asked: the register does not allow it.',
  'consents.on': 'Visitors may be asked, in {most} conversations a month at most.',
  'consents.refused': 'Did not agree',
  'consents.thisMonth': 'This month: {count} of {most}.',
  'consents.title': 'Explicit consent',
  'consents.until': 'until {until}',
  'consents.when': 'When',
  'consents.what': 'Answer',
  'consents.words': 'Words of {version}, {language}',
  'engagement.asksNothing': 'Not of age, or not known',
  'engagement.asksNothingText':
    'The visitor has not said that they are of the age to consent. Page, control and calls cannot be asked for.',
  'engagement.byConsent': 'You are here by the visitor’s explicit consent',
  'engagement.byConsentText':
    'Nothing else covers showing this where you work. It ends when they take it back, and with the conversation; you cannot read it afterwards.',
  'fact.ofAgeBy': 'Of age to consent, by the ages of',
  'fact.scope.transfer': 'be shown in another country',
  'fact.toCountry': 'To where',
  'fact.wordsLanguage': 'Asked in',
  'fact.wordsVersion': 'Words of',
  'site.audience': 'Children',
  'site.audience.general': 'Not meant for children: nobody is asked',
  'site.audience.mayBeChildren': 'Children may come: ask, and help them without consents',
  'site.audience.noChildren': 'Children may not: only who is of age begins',
  'site.audienceHint':
    'Asked before anything of a visitor is taken, with the age of the one country your visitors are in, else 16. Only a yes is kept. Who is younger is asked for no consent: no page, no control, no call.',
} as const;
