/** What the demo customer says to its visitors: its notice and its survey, in both languages. */

export const demoCustomer = {
  name: 'Hazel & Spoke',
  legalName: 'Hazel & Spoke Oy',
  privacyContact: 'privacy@hazel-and-spoke.example',
} as const;

export const demoPeople = {
  officer: { email: 'sanna@hazel-and-spoke.example', displayName: 'Sanna Lehto' },
  /** Confirms what the first one records: two people do what takes two. */
  second: { email: 'iida@hazel-and-spoke.example', displayName: 'Iida Saari' },
  agents: [
    { email: 'aki@hazel-and-spoke.example', displayName: 'Aki Virtanen' },
    { email: 'noor@hazel-and-spoke.example', displayName: 'Noor Haddad' },
  ],
} as const;

export const demoSite = { name: 'Hazel & Spoke shop', accent: '#2f6b4f' } as const;

export const demoAgreement = {
  version: 'Demonstration 1',
  controller: demoCustomer.legalName,
  processor: 'Whoever runs this demonstration',
} as const;

export const demoNotice = {
  body: {
    en: [
      'Our people help you here with bicycles, orders and the pay-later application. You write to a person, and not to a machine.',
      'What you write and your answers to our questions at the end are kept so that we can look up what we agreed on. If you show us your page, or talk to us, nothing of that is kept: no picture, no sound, no word of the page. Your entries in forms stay with you, and we see grey boxes, except in the few fields where our shop allows it, such as a quantity. Passwords and card data never leave your browser.',
      'You decide each time whether we may see the page, act on it, hear you or see you, and you can stop at once. For 24 hours from the start you may read here what is kept and take it with you, and erase the conversation and your answers; once it has ended, only in the tab where you talked. Technical facts, such as times, stay until their date. After that, write to our privacy contact.',
    ].join('\n\n'),
    de: [
      'Hier helfen Ihnen unsere Leute bei Fahrrädern, Bestellungen und dem Antrag auf Ratenkauf. Sie schreiben einem Menschen, keiner Maschine.',
      'Was Sie schreiben und was Sie am Ende auf unsere Fragen antworten, bewahren wir auf, damit wir Vereinbartes nachlesen können. Wenn Sie uns Ihre Seite zeigen oder mit uns sprechen, bleibt davon nichts: kein Bild, kein Ton, kein Wort der Seite. Ihre Eingaben in Formularen bleiben bei Ihnen, und wir sehen graue Felder, außer in den wenigen Feldern, in denen unser Laden es erlaubt, etwa bei einer Menge. Passwörter und Kartendaten verlassen Ihren Browser nie.',
      'Sie entscheiden jedes Mal, ob wir die Seite sehen, darauf handeln, Sie hören oder sehen dürfen, und beenden es sofort, wenn Sie wollen. Bis 24 Stunden nach Beginn können Sie hier lesen und mitnehmen, was aufbewahrt wird, und das Gespräch und Ihre Antworten löschen; nach dem Ende nur in dem Tab, in dem Sie gesprochen haben. Technische Angaben wie Zeiten bleiben bis zu ihrem Datum. Danach schreiben Sie unserem Datenschutzkontakt.',
    ].join('\n\n'),
  },
} as const;

export const demoSurvey = {
  intro: { en: 'Three short questions, all optional.', de: 'Drei kurze Fragen, alle freiwillig.' },
  questions: [
    {
      kind: 'rating',
      id: 'helped',
      label: { en: 'How well were you helped?', de: 'Wie gut wurde Ihnen geholfen?' },
      required: false,
      max: 5,
    },
    {
      kind: 'choice',
      id: 'topic',
      label: { en: 'What was it about?', de: 'Worum ging es?' },
      required: false,
      multiple: true,
      options: [
        { id: 'product', label: { en: 'Choosing a bicycle', de: 'Auswahl eines Fahrrads' } },
        { id: 'order', label: { en: 'An order', de: 'Eine Bestellung' } },
        { id: 'application', label: { en: 'The pay-later application', de: 'Der Antrag auf Ratenkauf' } },
      ],
    },
    {
      kind: 'scale',
      id: 'recommend',
      label: {
        en: 'How likely are you to recommend our shop?',
        de: 'Wie wahrscheinlich empfehlen Sie unseren Laden weiter?',
      },
      required: false,
      low: { en: 'Not at all', de: 'Gar nicht' },
      high: { en: 'Very likely', de: 'Sehr wahrscheinlich' },
    },
    {
      kind: 'text',
      id: 'better',
      label: { en: 'What should we do better?', de: 'Was sollen wir besser machen?' },
      required: false,
    },
  ],
} as const;
