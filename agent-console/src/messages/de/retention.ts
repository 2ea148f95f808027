/** German: how long things are kept, when that is looked at again, and what was counted. */

import type { retention as english } from '../en/retention.js';

export const retention: Record<keyof typeof english, string> = {
  'admin.retention': 'Aufbewahrung',
  'admin.retention.intro':
    'Wie lange etwas aufbewahrt wird, wann das wieder geprüft wird und was gelöscht wurde.',
  'alarm.title': 'Wieder zu prüfen:',
  'audit.retention.reviewed': 'Hat eine Aufbewahrungsfrist geprüft',
  'missing.workCountry':
    'Ihr eigenes Arbeitsland ist nicht angegeben: bis dahin wird Ihnen kein Datensatz gezeigt',
  'missing.casesDue15': 'Ein Antrag ist in höchstens 15 Tagen fällig',
  'missing.casesDue5': 'Ein Antrag ist in höchstens 5 Tagen fällig',
  'missing.casesLate': 'Ein Antrag ist überfällig',
  'missing.unusualReading':
    'Jemand hat binnen eines Tages ungewöhnlich viele Datensätze gelesen oder nach vielen fremden gefragt: siehe Protokoll',
  'missing.contractExpiring': 'Ein Übermittlungsvertrag ist abgelaufen oder läuft in höchstens 30 Tagen ab',
  'missing.contractReview': 'Die Bewertung eines Übermittlungsvertrags ist überfällig',
  'missing.contractReviewSoon':
    'Die Bewertung eines Übermittlungsvertrags ist in höchstens 30 Tagen zu erneuern',
  'missing.contractUnseen': 'Seit einem Jahr hat niemand einen Übermittlungsvertrag angesehen',
  'missing.recipientSilent':
    'Der Speicher eines Empfängers hat seit mehr als einem Tag etwas nicht angenommen: Was dort zu löschen ist oder hinsollte, ist noch nicht erledigt',
  'missing.recipientExpired': 'Der Nachweis eines Empfängers ist abgelaufen: Es wird nichts an ihn gesendet',
  'missing.recipientExpiring':
    'Der Nachweis eines Empfängers läuft in höchstens 30 Tagen ab; danach wird nichts mehr an ihn gesendet',
  'missing.retention:transcript': 'Wie lange Mitschriften aufbewahrt werden',
  'missing.retention:survey': 'Wie lange Umfrageantworten aufbewahrt werden',
  'missing.retention:metadata': 'Wie lange technische Angaben aufbewahrt werden',
  'retention.terms': 'Fristen',
  'retention.class': 'Was',
  'retention.class.transcript': 'Mitschriften',
  'retention.class.survey': 'Umfrageantworten',
  'retention.class.metadata': 'Technische Angaben',
  'retention.class.case': 'Anliegen',
  'retention.term': 'Aufbewahrt',
  'retention.months.one': '{count} Monat',
  'retention.months.other': '{count} Monate',
  'retention.most': 'höchstens {most}',
  'retention.reviewed': 'Zuletzt geprüft',
  'retention.due': 'Wieder fällig',
  'retention.overdue': 'überfällig',
  'retention.review': 'Prüfen',
  'retention.reviewTitle': 'Prüfen: {what}',
  'retention.reviewText':
    'Frist nach dem Ende eines Gesprächs: {term}. Behalten Sie sie nur bei, wenn Sie die Daten noch so lange brauchen; sonst kürzen Sie sie zuerst unter „Unternehmen“.',
  'retention.keep': 'Frist beibehalten',
  'retention.next': 'Nächste Prüfung',
  'retention.nextHint': 'Höchstens ein Jahr von heute an.',
  'retention.change': 'Geändert werden Fristen bei den Angaben zum Unternehmen:',
  'retention.receipts': 'Was gelöscht wurde',
  'retention.receiptsText':
    'Jede Löschung hinterlässt einen Beleg: wie viel und nach welcher Frist, nie was es war.',
  'retention.noReceipts': 'Bisher wurde nichts gelöscht.',
  'retention.olderThan': 'Beendet vor',
  'retention.how': 'Wie',
  'retention.byRow': 'Zeile für Zeile',
  'retention.byMonth': '{month} als Ganzes',
  'retention.rows': 'Zeilen',
  'statistics.title': 'Statistik',
  'statistics.intro': 'Abgeschlossene Monate in Zahlen, nach dem Ende jedes Gesprächs.',
  'statistics.none': 'Noch kein abgeschlossener Monat',
  'statistics.noneText': 'Die ersten Zahlen kommen, wenn dieser Monat vorbei ist.',
  'statistics.allSites': 'Alle Seiten',
  'statistics.month': 'Monat',
  'statistics.engagements': 'Gespräche',
  'statistics.accepted': 'Angenommen',
  'statistics.viewed': 'Seite gesehen',
  'statistics.controlled': 'Steuerung',
  'statistics.called': 'Anrufe',
  'statistics.answered': 'Umfragen',
  'statistics.rating': 'Bewertung',
  'statistics.wait': 'Wartezeit',
  'statistics.hidden': 'nicht gezeigt',
  'statistics.rule':
    'Ein Strich steht für weniger als {least} Personen oder für eine Zahl, aus der sich eine solche errechnen ließe. Ein Monat wird einmal gezählt, wenn er vorbei ist, und ändert sich danach nicht mehr.',
};
