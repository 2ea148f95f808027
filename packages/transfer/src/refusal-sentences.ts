/** Every reason against a transfer, with a sentence that an officer understands. */

const sentences = {
  FACTS_INCOMPLETE: {
    en: 'A country that decides this is not known: of the customer, the store, or the person who reads or views.',
    de: 'Ein Land, von dem die Entscheidung abhängt, ist nicht bekannt: das des Unternehmens, des Speicherorts oder der Person, die liest oder zusieht.',
  },
  INVALIDATED_C311_18: {
    en: 'Privacy Shield (Decision (EU) 2016/1250) is no basis: the Court of Justice annulled it on 16 July 2020 in case C-311/18.',
    de: 'Privacy Shield (Beschluss (EU) 2016/1250) ist keine Grundlage: Der Gerichtshof hat ihn am 16. Juli 2020 in der Rechtssache C-311/18 für ungültig erklärt.',
  },
  INVALIDATED_C362_14: {
    en: 'Safe Harbor (Decision 2000/520/EC) is no basis: the Court of Justice annulled it on 6 October 2015 in case C-362/14.',
    de: 'Safe Harbor (Entscheidung 2000/520/EG) ist keine Grundlage: Der Gerichtshof hat sie am 6. Oktober 2015 in der Rechtssache C-362/14 für ungültig erklärt.',
  },
  UNKNOWN_BASIS: {
    en: 'The basis that was asked for is none that this service knows.',
    de: 'Die verlangte Grundlage ist keine, die dieser Dienst kennt.',
  },
  REGISTER_STALE: {
    en: 'The register was last confirmed more than 30 days ago: certifications and recorded scopes do not count until two officers confirm it.',
    de: 'Das Verzeichnis wurde vor mehr als 30 Tagen zuletzt bestätigt: Zertifizierungen und festgehaltene Geltungsbereiche zählen erst wieder, wenn zwei Beauftragte es bestätigen.',
  },
  CERTIFICATION_STALE: {
    en: 'The certification was last looked up more than 30 days ago, so it does not count.',
    de: 'Die Zertifizierung wurde vor mehr als 30 Tagen zuletzt nachgesehen und zählt deshalb nicht.',
  },
  DPF_WITHOUT_FALLBACK: {
    en: 'The receiver is certified, but there are no clauses with an assessment to fall back on, and no written waiver of them.',
    de: 'Der Empfänger ist zertifiziert, es gibt aber weder geprüfte Klauseln als Rückhalt noch einen schriftlichen Verzicht darauf.',
  },
  NO_UK_EXTENSION: {
    en: 'The receiver is certified under another framework only: under the law of the United Kingdom the UK Extension is needed.',
    de: 'Der Empfänger ist nur nach einem anderen Rahmen zertifiziert: Nach dem Recht des Vereinigten Königreichs braucht es die UK Extension.',
  },
  NO_SWISS_CERTIFICATION: {
    en: 'The receiver is certified under another framework only: under Swiss law the Swiss-U.S. framework is needed.',
    de: 'Der Empfänger ist nur nach einem anderen Rahmen zertifiziert: Nach Schweizer Recht braucht es den Rahmen zwischen der Schweiz und den USA.',
  },
  NO_EU_CERTIFICATION: {
    en: 'The receiver is certified under another framework only: under the law of the Union the EU-U.S. framework is needed.',
    de: 'Der Empfänger ist nur nach einem anderen Rahmen zertifiziert: Nach dem Recht der Union braucht es den Rahmen zwischen der EU und den USA.',
  },
  CLAUSES_NOT_IN_FORCE: {
    en: 'What was signed with a receiver in this country is not in force now.',
    de: 'Was mit einem Empfänger in diesem Land unterzeichnet wurde, gilt derzeit nicht.',
  },
  OTHER_IMPORTER: {
    en: 'What was signed in this country is with another organisation than the one that receives.',
    de: 'Was in diesem Land unterzeichnet wurde, betrifft eine andere Organisation als die, die empfängt.',
  },
  CLAUSES_NOT_FOR_REGIME: {
    en: 'What was signed does not cover a transfer under this law by itself: it needs the UK Addendum or IDTA, or the Swiss adaptations.',
    de: 'Was unterzeichnet wurde, deckt eine Übermittlung nach diesem Recht allein nicht ab: Es braucht das UK Addendum oder IDTA beziehungsweise die Schweizer Anpassungen.',
  },
  WRONG_MODULE: {
    en: 'The clauses that were signed are of a module for other roles.',
    de: 'Die unterzeichneten Klauseln gehören zu einem Modul für andere Rollen.',
  },
  ANNEXES_INCOMPLETE: {
    en: 'The annexes of what was signed are not complete.',
    de: 'Die Anhänge des Unterzeichneten sind nicht vollständig.',
  },
  TIA_MISSING: {
    en: 'There is no assessment of the law of this country, which clauses need to be relied on.',
    de: 'Es fehlt die Prüfung des Rechts dieses Landes, ohne die Klauseln nicht tragen.',
  },
  TIA_NOT_OK: {
    en: 'The assessment of the law of this country came out against the transfer.',
    de: 'Die Prüfung des Rechts dieses Landes fiel gegen die Übermittlung aus.',
  },
  TIA_OVERDUE: {
    en: 'The assessment of the law of this country is past its review date.',
    de: 'Die Prüfung des Rechts dieses Landes hätte schon wiederholt werden müssen.',
  },
  DEROGATION_NOT_ROUTINE: {
    en: 'Explicit consent covers a single occasional session, not storing, passing on or routine.',
    de: 'Eine ausdrückliche Einwilligung deckt eine einzelne, gelegentliche Sitzung, aber weder Speichern noch Weitergeben noch Regelbetrieb.',
  },
  NO_BASIS: {
    en: 'No basis covers a transfer to this country.',
    de: 'Keine Grundlage deckt eine Übermittlung in dieses Land.',
  },
} as const satisfies Readonly<Record<string, { readonly en: string; readonly de: string }>>;

export type TransferRefusalCode = keyof typeof sentences;

export const refusalSentences: Readonly<
  Record<TransferRefusalCode, { readonly en: string; readonly de: string }>
> = sentences;
