/** The words of the proof's page. English names every one; the compiler holds German to it. */

import type { Language } from '@alongside/protocol';

const en = {
  title: 'The proof that nothing is stored',
  languages: 'Language',
  promise: 'What was promised',
  promiseText:
    'What the visitor’s page shows is never stored, and neither is anybody’s voice or picture. It travels from the visitor’s browser to the agent’s, sealed, and is gone. Only chat lines, survey answers and technical facts are kept.',
  resultClean: 'Nothing that must not be stored was found anywhere, and every part of the check ran.',
  resultCleanShort:
    'Nothing that must not be stored was found in the short form of the check. The full form looks further.',
  resultPartial:
    'Nothing that must not be stored was found where it was looked for. Some parts did not run here; they are named below.',
  resultViolated: 'The promise was broken in this run, or a check did not see what it has to see.',
  lastShort: 'The short form of the check last ran on {date} (UTC): {result}',
  lastFull: 'The full form, on which the rest of this page reports, ran before, on {date} (UTC): {result}',
  short_clean: 'nothing was found.',
  short_partial: 'nothing was found, and some parts did not run.',
  short_violated: 'the promise was broken, or a check did not see what it has to see.',
  resultNone: 'The proof has not been run on this installation yet.',
  resultBroken:
    'There is a report, but it is not signed with the key of this installation. It is not shown. Run the proof again.',
  howToMake: 'How to make it',
  howToMakeText:
    'Whoever runs this installation types this where it is installed. It starts a throw-away copy with data of its own and touches nothing that runs:',
  how: 'How it was checked',
  howCanaries:
    'Two real browsers held an engagement on a copy of this installation. On every channel a random mark was sent: text, every kind of input, attributes, addresses, styles, pictures, what the agent types, and more.',
  howSealed:
    'Both browsers also told the check every sealed body, every key and every piece of voice and picture, so that it can recognise even what cannot be read.',
  howLooked:
    'Then every place that anything could have been written to was searched for these marks, in many written forms and inside compressed data.',
  howControls:
    'Things that are stored on purpose were planted as well. A search that does not find those counts for nothing, and the run fails.',
  howMutants:
    'Leaks were built into throw-away copies on purpose. Each has to be caught by the search that claims to see it; and most have to be stopped before, while the limits are on.',
  facts: 'The run',
  date: 'Date',
  form: 'Form',
  formShort: 'short',
  formFull: 'full',
  commit: 'Version of the code',
  modified: 'with changes that are not in it',
  channels: 'Marks sent',
  bodies: 'Sealed bodies looked for',
  registered: 'Frames known to the check',
  pieces: 'Pieces of voice and picture looked for',
  duration: 'Time taken',
  key: 'Signed with key',
  media: 'Where it was searched',
  place: 'Place',
  bytes: 'Searched',
  controls: 'Planted on purpose and found',
  control: 'Planted',
  foundBy: 'Found by',
  missedBy: 'Missed by',
  mutants: 'Leaks built in on purpose',
  mutant: 'Leak',
  stop: 'What stops it',
  stop_limit: 'a limit of the system',
  stop_permission: 'a permission',
  stop_schema: 'the form of the data',
  stop_acl: 'an access rule',
  stop_detectedOnly: 'nothing: it is detected',
  caughtBy: 'Caught by',
  stopped: 'Stopped with limits on',
  ended: 'How its attempts ended then',
  endedDone: 'it was done',
  neverTried: 'it never tried',
  yes: 'yes',
  no: 'no',
  notAsked: 'not asked of it',
  score: '{killed} of {all} leaks were caught, and stopped where something has to stop them.',
  nobody: 'nobody',
  limits: 'Limits on the program that passes pages on',
  refusals: 'Starts that were refused',
  refusalsText:
    '{refused} of {all} ways to start it so that something could be written down were refused, each with its reason.',
  violations: 'What was found and must not be there',
  noViolations: 'Nothing.',
  detector: 'Found by',
  trace: 'What',
  notRun: 'What was not run, and why',
  everythingRun: 'Everything was run.',
  outside: 'What this does not cover',
  outsideMemory:
    'Memory and the operating system’s page cache, while they last; snapshots that a hypervisor or cloud provider takes.',
  outsideAgent: 'A photograph or recording of the agent’s screen.',
  outsideSite: 'What the website itself logs about its own pages.',
  outsideBoxes:
    'Boxes in between that open TLS, as some companies have. Of the page they see sealed bodies only, but they do see the chat.',
  outsideBesides:
    'What stands beside the program where it is really used: a Postgres of your own with its log and its backups, a proxy in front, whoever collects logs. The copy that was checked has a database of its own and none of the others.',
  outsideRedis:
    'A Redis. This version uses none: only leaks that were built in on purpose wrote to one, and were looked for there.',
  outsideShort:
    'What only root can show, which the full form does where root starts it: that the program that passes pages on has an account of its own and no file system that takes a file, what each call of each process writes, the network, and the raw medium with its free blocks.',
  outsideSdk:
    'A visitor’s script that was changed on its way, unless the website pins it and the two people compare the six digits.',
  rerun: 'Run it again, or check the signature',
  rerunText: 'On the machine of this installation:',
  verifyText:
    'Check a report anywhere that has the code. The key is the one of this page: ask for it in a way that you trust.',
  download: 'Report (JSON)',
  signature: 'Signature',
  detector_sql: 'Every table of every database',
  detector_wal: 'The database’s log of changes',
  detector_image: 'The raw disk image, with its free blocks',
  detector_files: 'All files',
  detector_names: 'Names of files, links and attributes',
  detector_logs: 'Logs',
  detector_writes: 'Every write of the processes',
  'detector_file-events': 'Files that came and went',
  detector_network: 'The network',
  detector_sinks: 'Mail, webhooks, traces and error reports',
  detector_redis: 'Redis',
  'detector_browser-profiles': 'What both browsers keep',
  'detector_memory-files': 'Files in memory',
  detector_dumps: 'Dumps of memory',
  'detector_start-up': 'Starts',
  none: '–',
} as const;

type Words = Readonly<Record<keyof typeof en, string>>;

const de: Words = {
  title: 'Der Nachweis, dass nichts gespeichert wird',
  languages: 'Sprache',
  promise: 'Was versprochen wurde',
  promiseText:
    'Was die Seite der Besucherin oder des Besuchers zeigt, wird nie gespeichert, und ebenso wenig Stimme oder Bild. Es geht versiegelt von Browser zu Browser und ist dann fort. Aufbewahrt werden nur Chatzeilen, Antworten der Umfrage und technische Angaben.',
  resultClean:
    'Nirgends wurde etwas gefunden, das nicht gespeichert werden darf, und jeder Teil der Prüfung lief.',
  resultCleanShort:
    'In der kurzen Form der Prüfung wurde nichts gefunden, das nicht gespeichert werden darf. Die volle Form sucht weiter.',
  resultPartial:
    'Wo gesucht wurde, fand sich nichts, das nicht gespeichert werden darf. Einige Teile liefen hier nicht; sie sind unten genannt.',
  resultViolated:
    'In diesem Lauf wurde das Versprechen gebrochen, oder eine Prüfung sah nicht, was sie sehen muss.',
  lastShort: 'Die kurze Form der Prüfung lief zuletzt am {date} (UTC): {result}',
  lastFull: 'Die volle Form, über die der Rest dieser Seite berichtet, lief davor, am {date} (UTC): {result}',
  short_clean: 'es fand sich nichts.',
  short_partial: 'es fand sich nichts, und einige Teile liefen nicht.',
  short_violated: 'das Versprechen wurde gebrochen, oder eine Prüfung sah nicht, was sie sehen muss.',
  resultNone: 'Der Nachweis wurde auf dieser Installation noch nicht geführt.',
  resultBroken:
    'Es gibt einen Bericht, aber er ist nicht mit dem Schlüssel dieser Installation unterschrieben. Er wird nicht gezeigt. Führen Sie den Nachweis erneut.',
  howToMake: 'Wie er entsteht',
  howToMakeText:
    'Wer diese Installation betreibt, gibt dies am Ort der Installation ein. Es startet eine Wegwerfkopie mit eigenen Daten und rührt nichts an, was läuft:',
  how: 'Wie geprüft wurde',
  howCanaries:
    'Zwei echte Browser führten auf einer Kopie dieser Installation ein Gespräch. Auf jedem Weg wurde ein zufälliges Merkmal gesendet: Text, jede Art von Eingabe, Attribute, Adressen, Stile, Bilder, was die beratende Person tippt, und mehr.',
  howSealed:
    'Beide Browser nannten der Prüfung auch jeden versiegelten Inhalt, jeden Schlüssel und jedes Stück von Stimme und Bild, damit sie selbst das erkennt, was niemand lesen kann.',
  howLooked:
    'Danach wurde jeder Ort, an den etwas geschrieben worden sein könnte, nach diesen Merkmalen durchsucht, in vielen Schreibweisen und auch in gepackten Daten.',
  howControls:
    'Auch Dinge, die mit Absicht gespeichert werden, wurden gelegt. Eine Suche, die diese nicht findet, zählt nichts, und der Lauf scheitert.',
  howMutants:
    'In Wegwerfkopien wurden mit Absicht Lecks eingebaut. Jedes muss von der Suche bemerkt werden, die es zu sehen behauptet; und die meisten müssen schon vorher aufgehalten werden, solange die Grenzen gelten.',
  facts: 'Der Lauf',
  date: 'Datum',
  form: 'Form',
  formShort: 'kurz',
  formFull: 'voll',
  commit: 'Stand des Programms',
  modified: 'mit Änderungen, die nicht darin sind',
  channels: 'Gesendete Merkmale',
  bodies: 'Gesuchte versiegelte Inhalte',
  registered: 'Der Prüfung bekannte Bilder der Seite',
  pieces: 'Gesuchte Stücke von Stimme und Bild',
  duration: 'Dauer',
  key: 'Unterschrieben mit Schlüssel',
  media: 'Wo gesucht wurde',
  place: 'Ort',
  bytes: 'Durchsucht',
  controls: 'Mit Absicht gelegt und gefunden',
  control: 'Gelegt',
  foundBy: 'Gefunden von',
  missedBy: 'Übersehen von',
  mutants: 'Mit Absicht eingebaute Lecks',
  mutant: 'Leck',
  stop: 'Was es aufhält',
  stop_limit: 'eine Grenze des Systems',
  stop_permission: 'eine Berechtigung',
  stop_schema: 'die Form der Daten',
  stop_acl: 'eine Zugriffsregel',
  stop_detectedOnly: 'nichts: es wird bemerkt',
  caughtBy: 'Bemerkt von',
  stopped: 'Mit Grenzen aufgehalten',
  ended: 'Wie seine Versuche dann endeten',
  endedDone: 'es gelang',
  neverTried: 'es kam zu keinem Versuch',
  yes: 'ja',
  no: 'nein',
  notAsked: 'nicht verlangt',
  score: '{killed} von {all} Lecks wurden bemerkt, und aufgehalten, wo etwas sie aufhalten muss.',
  nobody: 'niemandem',
  limits: 'Grenzen des Programms, das Seiten weitergibt',
  refusals: 'Verweigerte Starts',
  refusalsText:
    '{refused} von {all} Arten, es so zu starten, dass etwas aufgeschrieben werden könnte, wurden mit Begründung verweigert.',
  violations: 'Was gefunden wurde und nicht da sein darf',
  noViolations: 'Nichts.',
  detector: 'Gefunden von',
  trace: 'Was',
  notRun: 'Was nicht lief, und warum',
  everythingRun: 'Alles lief.',
  outside: 'Was dies nicht abdeckt',
  outsideMemory:
    'Arbeitsspeicher und Zwischenspeicher des Betriebssystems, solange sie halten; Abbilder, die ein Hypervisor oder Cloud-Anbieter macht.',
  outsideAgent: 'Eine Fotografie oder Aufnahme des Bildschirms der beratenden Person.',
  outsideSite: 'Was die Website selbst über ihre Seiten aufschreibt.',
  outsideBoxes:
    'Zwischengeschaltete Geräte, die TLS öffnen, wie manche Firmen sie haben. Von der Seite sehen sie nur versiegelte Inhalte, den Chat aber sehen sie.',
  outsideBesides:
    'Was im Betrieb neben dem Programm steht: eine eigene Postgres-Datenbank mit ihrem Protokoll und ihren Sicherungen, ein vorgeschalteter Proxy, ein Sammler von Protokollen. Die geprüfte Kopie hat eine eigene Datenbank und nichts vom Übrigen.',
  outsideRedis:
    'Ein Redis. Diese Fassung verwendet keines: nur mit Absicht eingebaute Lecks schrieben in eines, und dort wurde nach ihnen gesucht.',
  outsideShort:
    'Was nur root zeigen kann und die volle Form zeigt, wenn root sie startet: dass das Programm, das Seiten weitergibt, ein eigenes Konto und kein Dateisystem hat, das eine Datei annimmt, was jeder Aufruf jedes Prozesses schreibt, das Netz, und die rohe Platte mit ihren freien Blöcken.',
  outsideSdk:
    'Ein Skript, das auf dem Weg zum Browser verändert wurde, außer die Website legt es fest und beide vergleichen die sechs Ziffern.',
  rerun: 'Erneut führen oder die Unterschrift prüfen',
  rerunText: 'Auf dem Rechner dieser Installation:',
  verifyText:
    'Einen Bericht prüfen, überall wo das Programm liegt. Der Schlüssel ist der dieser Seite: erfragen Sie ihn auf einem Weg, dem Sie trauen.',
  download: 'Bericht (JSON)',
  signature: 'Unterschrift',
  detector_sql: 'Jede Tabelle jeder Datenbank',
  detector_wal: 'Das Änderungsprotokoll der Datenbank',
  detector_image: 'Das rohe Abbild der Platte mit seinen freien Blöcken',
  detector_files: 'Alle Dateien',
  detector_names: 'Namen von Dateien, Verweise und Attribute',
  detector_logs: 'Protokolle',
  detector_writes: 'Jeder Schreibvorgang der Prozesse',
  'detector_file-events': 'Dateien, die kamen und gingen',
  detector_network: 'Das Netz',
  detector_sinks: 'Mail, Webhooks, Ablaufspuren und Fehlerberichte',
  detector_redis: 'Redis',
  'detector_browser-profiles': 'Was beide Browser behalten',
  'detector_memory-files': 'Dateien im Arbeitsspeicher',
  detector_dumps: 'Speicherabzüge',
  'detector_start-up': 'Starts',
  none: '–',
};

/** What the page says that a proof of this form does not cover; the report says it in English. */
export function outsideWords(form: 'short' | 'full'): readonly (keyof typeof en)[] {
  return [
    'outsideMemory',
    'outsideAgent',
    'outsideSite',
    'outsideBoxes',
    'outsideBesides',
    'outsideRedis',
    'outsideSdk',
    ...(form === 'short' ? (['outsideShort'] as const) : []),
  ];
}

const catalogues: Readonly<Record<Language, Words>> = { en, de };

export interface ProofSpeech {
  readonly language: Language;
  say(key: keyof typeof en, values?: Readonly<Record<string, string | number>>): string;
  date(iso: string): string;
  number(value: number): string;
  bytes(value: number): string;
  /** A name that it does not know is told as it is. */
  detector(name: string): string;
  /** In minutes where it is one at least. */
  duration(ms: number): string;
}

export function proofSpeech(language: Language): ProofSpeech {
  const words = catalogues[language];
  const number = (value: number) => new Intl.NumberFormat(language).format(value);
  return {
    language,
    number,
    say: (key, values = {}) =>
      words[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)),
    date: (iso) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(
        new Date(iso),
      ),
    bytes: (value) => {
      const [unit, size] = value >= 1e9 ? ['GB', 1e9] : value >= 1e6 ? ['MB', 1e6] : ['kB', 1e3];
      return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value / Number(size))} ${unit}`;
    },
    detector: (name) => Reflect.get(words, `detector_${name}`) ?? name,
    duration: (ms) => {
      const seconds = Math.round(ms / 1000);
      if (seconds < 60) return `${seconds} s`;
      return `${number(Math.floor(seconds / 60))} min ${seconds % 60} s`;
    },
  };
}

/** By what the person asked for, and otherwise by what their browser prefers. */
export function proofLanguage(asked: unknown, accepted: string | undefined): Language {
  if (asked === 'de' || asked === 'en') return asked;
  const first = (accepted ?? '').split(',').find((each) => /^\s*(de|en)\b/i.test(each));
  return first !== undefined && /^\s*de/i.test(first) ? 'de' : 'en';
}
