/** Texts to begin with. They are offered and never applied by themselves: a customer signs what it says. */

import type { Language, SurveyForm } from '@alongside/protocol';

const notices: Record<Language, string> = {
  en: `When you ask for help here, a member of our team chats with you. What you write is kept so that we can answer you and look up what was agreed.

If you agree later, our team member may see this page while you are on it, or talk with you. You are asked each time, you see who is watching, and you can stop at any moment. Fields you fill in are hidden from us, except where this site allows them to be seen; passwords and card data always are. The page, your voice and your picture are never stored.

Until 24 hours after the conversation began you can read and download what is kept, and erase the conversation and your answers; once it has ended, only in the tab where you talked. Technical facts, such as times, stay until their date. What was erased may stand in backups for up to 35 days more, from which it is erased again before they are used. At any time you can write to our privacy contact.`,
  de: `Wenn Sie hier um Hilfe bitten, chattet jemand aus unserem Team mit Ihnen. Was Sie schreiben, bewahren wir auf, damit wir Ihnen antworten und Vereinbartes nachsehen können.

Wenn Sie später zustimmen, kann die Person diese Seite sehen, solange Sie darauf sind, oder mit Ihnen sprechen. Sie werden jedes Mal gefragt, sehen, wer zusieht, und können jederzeit beenden. Felder, die Sie ausfüllen, bleiben für uns verdeckt, außer wo diese Website erlaubt, sie zu sehen; Passwörter und Kartendaten bleiben es immer. Die Seite, Ihre Stimme und Ihr Bild werden nie gespeichert.

Bis 24 Stunden nach Beginn des Gesprächs können Sie lesen und herunterladen, was aufbewahrt wird, und das Gespräch und Ihre Antworten löschen; nach dem Ende nur in dem Tab, in dem Sie gesprochen haben. Technische Angaben wie Zeiten bleiben bis zu ihrem Datum. Gelöschtes kann noch bis zu 35 Tage in Sicherungen stehen; es wird wieder gelöscht, bevor diese genutzt werden. An unseren Datenschutzkontakt können Sie jederzeit schreiben.`,
};

export function noticeStart(languages: readonly Language[]): Partial<Record<Language, string>> {
  return Object.fromEntries(languages.map((language) => [language, notices[language]]));
}

export const surveyStart: SurveyForm = {
  intro: {
    en: 'Two short questions about this conversation. You can skip them.',
    de: 'Zwei kurze Fragen zu diesem Gespräch. Sie können sie überspringen.',
  },
  questions: [
    {
      id: 'rating',
      kind: 'rating',
      max: 5,
      required: false,
      label: { en: 'How was our help?', de: 'Wie war unsere Hilfe?' },
    },
    {
      id: 'solved',
      kind: 'choice',
      multiple: false,
      required: false,
      label: { en: 'Is your question answered?', de: 'Ist Ihre Frage beantwortet?' },
      options: [
        { id: 'yes', label: { en: 'Yes', de: 'Ja' } },
        { id: 'partly', label: { en: 'Partly', de: 'Teilweise' } },
        { id: 'no', label: { en: 'No', de: 'Nein' } },
      ],
    },
    {
      id: 'remark',
      kind: 'text',
      required: false,
      label: { en: 'Anything you would like to add?', de: 'Möchten Sie noch etwas anmerken?' },
    },
  ],
};
