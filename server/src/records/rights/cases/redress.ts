/** Where whoever is refused something can complain: to the customer itself, and to the authority of its country. */

/** The authorities of the three regimes, each as it calls itself in English or its own language. */
const authorities: Readonly<Record<string, string>> = {
  AT: 'Österreichische Datenschutzbehörde',
  BE: 'Autorité de protection des données / Gegevensbeschermingsautoriteit',
  BG: 'Commission for Personal Data Protection',
  CH: 'Federal Data Protection and Information Commissioner (FDPIC)',
  CY: 'Office of the Commissioner for Personal Data Protection',
  CZ: 'Office for Personal Data Protection (ÚOOÚ)',
  DE: 'the data protection authority of the Land, or the Federal Commissioner (BfDI)',
  DK: 'Datatilsynet (Denmark)',
  EE: 'Estonian Data Protection Inspectorate',
  ES: 'Agencia Española de Protección de Datos',
  FI: 'Office of the Data Protection Ombudsman',
  FR: 'Commission Nationale de l’Informatique et des Libertés (CNIL)',
  GB: 'Information Commissioner’s Office / Information Commission',
  GR: 'Hellenic Data Protection Authority',
  HR: 'Croatian Personal Data Protection Agency',
  HU: 'National Authority for Data Protection and Freedom of Information',
  IE: 'Data Protection Commission',
  IS: 'Persónuvernd',
  IT: 'Garante per la protezione dei dati personali',
  LI: 'Datenschutzstelle (Liechtenstein)',
  LT: 'State Data Protection Inspectorate',
  LU: 'Commission Nationale pour la Protection des Données',
  LV: 'Data State Inspectorate',
  MT: 'Office of the Information and Data Protection Commissioner',
  NL: 'Autoriteit Persoonsgegevens',
  NO: 'Datatilsynet (Norway)',
  PL: 'Personal Data Protection Office (UODO)',
  PT: 'Comissão Nacional de Proteção de Dados',
  RO: 'National Supervisory Authority for Personal Data Processing',
  SE: 'Integritetsskyddsmyndigheten (IMY)',
  SI: 'Information Commissioner of the Republic of Slovenia',
  SK: 'Office for Personal Data Protection of the Slovak Republic',
};

/** In a German sentence: what is described rather than named has to be so in German, and names as they are known there. */
const inGermanWords: Readonly<Record<string, string>> = {
  BE: 'Datenschutzbehörde (Autorité de protection des données / Gegevensbeschermingsautoriteit)',
  BG: 'Kommission für den Schutz personenbezogener Daten',
  CH: 'Eidgenössischer Datenschutz- und Öffentlichkeitsbeauftragter (EDÖB)',
  CY: 'Datenschutzbeauftragter der Republik Zypern',
  CZ: 'Amt für den Schutz personenbezogener Daten (ÚOOÚ)',
  DE: 'die Datenschutzaufsicht des Bundeslandes oder die oder der Bundesbeauftragte (BfDI)',
  DK: 'Datatilsynet (Dänemark)',
  EE: 'Estnische Datenschutzinspektion',
  FI: 'Büro der oder des Datenschutzbeauftragten (Tietosuojavaltuutetun toimisto)',
  GR: 'Griechische Datenschutzbehörde',
  HR: 'Kroatische Agentur für den Schutz personenbezogener Daten',
  HU: 'Nationale Behörde für Datenschutz und Informationsfreiheit (NAIH)',
  LT: 'Staatliche Datenschutzinspektion (VDAI)',
  LV: 'Staatliche Dateninspektion (DVI)',
  MT: 'Büro der oder des Informations- und Datenschutzbeauftragten',
  NO: 'Datatilsynet (Norwegen)',
  PL: 'Amt für den Schutz personenbezogener Daten (UODO)',
  RO: 'Nationale Aufsichtsbehörde für die Verarbeitung personenbezogener Daten (ANSPDCP)',
  SI: 'Informationsbeauftragte oder Informationsbeauftragter der Republik Slowenien',
  SK: 'Amt für den Schutz personenbezogener Daten der Slowakischen Republik',
};

/** Parts of a country with a code of their own, which answer to its authority. */
const partOf: Readonly<Record<string, string>> = {
  ...{ AX: 'FI', GF: 'FR', GP: 'FR', MF: 'FR', MQ: 'FR', RE: 'FR', YT: 'FR' },
};

export interface RedressFacts {
  readonly controller: string;
  readonly contact: string | null;
  readonly country: string | null;
  /** Of the conversation; English where it is not known which that is. */
  readonly language: string;
}

/** Of somebody who was refused something, in the order in which it is tried: the customer, the authority, a court. */
export function redressText(facts: RedressFacts): string {
  const { controller, contact, language } = facts;
  const reach = contact === null ? controller : `${controller} (${contact})`;
  const again =
    language === 'de'
      ? `Sie können ${reach} kostenlos um eine neue Prüfung bitten.`
      : `You can ask ${reach} to look at this again, at no cost.`;
  return `${again} ${complaintText(facts)}`;
}

/** For everybody, before anything is asked: `basis` is what the store of what is kept rests on. */
export function complaintText(
  { country, language }: Pick<RedressFacts, 'country' | 'language'>,
  basis?: string,
): string {
  const home = partOf[country ?? ''] ?? country ?? '';
  const isFramework = basis?.startsWith('DPF_') === true;
  const said =
    language === 'de'
      ? inGerman(inGermanWords[home] ?? authorities[home], isFramework)
      : inEnglish(authorities[home], isFramework);
  return said.join(' ');
}

/** Who else may come near what is kept, for everybody: whoever runs the service, and how seldom. */
export function supportText(language: string): string {
  return language === 'de'
    ? 'Wer den Dienst betreibt, liest Gespräche nur im Notfall, höchstens eine Stunde lang, und das Unternehmen erfährt davon.'
    : 'Whoever runs the service reads conversations only in an emergency, for an hour at most, and the company is told.';
}

function inEnglish(authority: string | undefined, isFramework: boolean): readonly string[] {
  const where = authority ?? 'the data protection authority of the country where you live or work';
  return [
    `You can complain to ${where}, or to the authority of the country where you live or work.`,
    'You can also go to court.',
    ...(isFramework
      ? [
          'Where what is kept rests on the Data Privacy Framework, the US Federal Trade Commission enforces it; its independent dispute resolution costs you nothing, and binding arbitration is open to you after that.',
        ]
      : []),
  ];
}

function inGerman(authority: string | undefined, isFramework: boolean): readonly string[] {
  const where = authority === undefined ? '' : ` (zuständig für das Unternehmen: ${authority})`;
  return [
    `Sie können sich bei der Datenschutzbehörde des Landes beschweren, in dem Sie leben oder arbeiten${where}.`,
    'Sie können auch vor Gericht gehen.',
    ...(isFramework
      ? [
          'Soweit das Aufbewahrte auf dem Data Privacy Framework beruht, setzt die US Federal Trade Commission es durch; dessen unabhängige Streitbeilegung kostet Sie nichts, und danach steht Ihnen ein bindendes Schiedsverfahren offen.',
        ]
      : []),
  ];
}
