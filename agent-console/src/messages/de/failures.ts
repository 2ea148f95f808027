/** German: why something did not happen, and what to do about it. */

import type { failures as english } from '../en/failures.js';

export const failures: Record<keyof typeof english, string> = {
  'failure.agentUnavailable': 'Gerade kann das niemand annehmen. Bitte versuchen Sie es gleich noch einmal.',
  'failure.alreadyTaken': 'Jemand anderes war schneller.',
  'failure.askExpired': 'Die Frage ist nicht mehr offen.',
  'failure.callFlooded':
    'Von Ihrem Gerät kam mehr, als ein Anruf senden darf; deshalb wurde es aus diesem Anruf genommen. Nach dessen Ende ist ein neuer möglich.',
  'failure.callNotSealed':
    'Anrufe dieser Seite sind von Ende zu Ende verschlüsselt, was dieser Browser nicht kann. Es wurde nichts gesendet. Bitte nutzen Sie einen aktuellen Browser.',
  'failure.callNotSupported':
    'Dieser Browser kann keine Anrufe. Alles andere geht; für Anrufe nutzen Sie bitte Chrome, Edge, Firefox oder Safari in einer aktuellen Fassung.',
  'failure.callsUnavailable': 'Anrufe sind gerade nicht möglich.',
  'failure.clientTooOld': 'Diese Konsole ist veraltet. Bitte laden Sie die Seite neu.',
  'failure.conflict': 'Das verträgt sich nicht mit dem, was schon da ist.',
  'failure.consentMissing': 'Der Besucher hat dem nicht zugestimmt.',
  'failure.expired': 'Das ist abgelaufen.',
  'failure.internal': 'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal.',
  'failure.invalid': 'Etwas im Formular stimmt nicht.',
  'failure.invalidAt': 'Das stimmt nicht: {place}.',
  'failure.leaseMissing': 'Sie haben keine Steuerung der Seite.',
  'failure.malformed': 'Die Anfrage wurde nicht verstanden.',
  'failure.mediaUnreachable':
    'Weder Ton noch Bild kommt bei Ihnen durch. Vielleicht sperrt Ihr Netz Anrufe. Alles andere läuft weiter.',
  'failure.notAdmitted': 'Bitte melden Sie sich erneut an.',
  'failure.notFound': 'Das gibt es nicht, oder es gehört nicht zu Ihnen.',
  'failure.notLoaded': 'Ein Teil dieser Seite konnte nicht geladen werden. Bitte laden Sie die Seite neu.',
  'failure.notPermitted': 'Das dürfen Sie nicht.',
  'failure.originNotAllowed': 'Von dieser Adresse aus ist das nicht erlaubt.',
  'failure.passUnknown': 'Die Verbindung muss neu aufgebaut werden.',
  'failure.peerAbsent': 'Der Besucher ist gerade nicht verbunden.',
  'failure.reason.CLAUSES_NOT_FOR_REGIME':
    'Ihre unterzeichneten Klauseln decken das geltende Recht nicht ab.',
  'failure.reason.OTHER_IMPORTER':
    'Was Sie für dieses Land unterzeichnet haben, betrifft eine andere Organisation als die, die empfängt.',
  'failure.reason.CLAUSES_NOT_IN_FORCE': 'Ihre unterzeichneten Klauseln gelten gerade nicht.',
  'failure.reason.FACTS_INCOMPLETE': 'Ein Land ist unbekannt, darum kann nicht entschieden werden.',
  'failure.reason.INVALIDATED_C311_18': 'Privacy Shield wurde für ungültig erklärt und ist keine Grundlage.',
  'failure.reason.INVALIDATED_C362_14': 'Safe Harbor wurde für ungültig erklärt und ist keine Grundlage.',
  'failure.reason.NO_BASIS': 'Keine Grundlage deckt eine Übermittlung in dieses Land.',
  'failure.reason.UNKNOWN_BASIS': 'Diese Grundlage ist nicht bekannt.',
  'failure.reason.WRONG_MODULE': 'Ihre unterzeichneten Klauseln gehören zu einem anderen Modul.',
  'failure.reason.expertOrganisation':
    'Die Organisation ist nicht von zwei Beauftragten freigegeben. Die Datenschutzstelle trägt ihren Vertrag ein, oder sie als Empfänger.',
  'failure.reason.callFull':
    'Es sind so viele im Anruf oder auf dem Weg, wie hineinpassen. Versuchen Sie es noch einmal, wenn jemand gegangen ist.',
  'failure.reason.email': 'Es geht um die E-Mail-Adresse.',
  'failure.reason.notice': 'Der Hinweis fehlt.',
  'failure.reason.ANNEXES_INCOMPLETE':
    'Die Anhänge dessen, was Sie unterzeichnet haben, sind nicht vollständig.',
  'failure.reason.CERTIFICATION_STALE': 'Die Zertifizierung wurde zuletzt vor mehr als 30 Tagen nachgesehen.',
  'failure.reason.DEROGATION_NOT_ROUTINE':
    'Eine Einwilligung deckt eine einzelne, gelegentliche Sitzung, aber nicht dies.',
  'failure.reason.DPF_WITHOUT_FALLBACK':
    'Der Empfänger ist zertifiziert, aber es gibt keine Klauseln als Rückhalt.',
  'failure.reason.NO_EU_CERTIFICATION':
    'Der Empfänger ist nicht nach dem Rahmen zwischen der EU und den USA zertifiziert.',
  'failure.reason.NO_SWISS_CERTIFICATION':
    'Der Empfänger ist nicht nach dem Rahmen zwischen der Schweiz und den USA zertifiziert.',
  'failure.reason.NO_UK_EXTENSION': 'Der Empfänger ist nicht nach der UK Extension zertifiziert.',
  'failure.reason.REGISTER_STALE':
    'Das Verzeichnis wurde zuletzt vor mehr als 30 Tagen bestätigt. Zwei Beauftragte müssen es bestätigen.',
  'failure.reason.ROWS_SUSPENDED':
    'Das hier Aufbewahrte hat seine Rechtsgrundlage verloren. Bis das geklärt ist, wird es nur im Land Ihres Unternehmens gezeigt.',
  'failure.reason.TIA_MISSING': 'Das Recht dieses Landes wurde noch nicht geprüft.',
  'failure.reason.TIA_NOT_OK': 'Die Prüfung des Rechts dieses Landes fiel gegen die Übermittlung aus.',
  'failure.reason.TIA_OVERDUE': 'Die Prüfung des Rechts dieses Landes ist überfällig.',
  'failure.reason.begunBefore':
    'Die Herausgabe wurde schon begonnen. Wer sie begonnen hat, kann das einen Tag lang noch einmal tun; danach müssen zwei Beauftragte sie neu genehmigen.',
  'failure.reason.fourEyes': 'Was Sie vorgeschlagen haben, muss jemand anderes genehmigen.',
  'failure.reason.held':
    'Etwas wird für einen Fall oder nach einem Gesetz länger aufbewahrt: siehe die Löschsperren unter „Rechte“.',
  'failure.reason.basedOn':
    'Seit Sie begonnen haben, ist eine andere Ausgabe in Kraft getreten. Laden Sie Ihren Entwurf herunter, öffnen Sie die Seite neu, und gehen Sie von der neuen aus.',
  'failure.reason.openCase': 'Ein Antrag dazu ist noch offen: siehe „Rechte“.',
  'failure.reason.erased': 'Was dort gesagt wurde, ist gelöscht.',
  'failure.reason.erasure':
    'Es wird gelöscht, sobald keine Löschsperre mehr gilt, und bleibt bis dahin eingeschränkt.',
  'failure.reason.restriction': 'Es ist nicht mehr eingeschränkt.',
  'failure.reason.letInLately':
    'Das braucht zwei Beauftragte, die beide seit 14 Tagen da sind und es schon waren, als es vorgeschlagen wurde. Eine Person von Ihnen beiden wurde später beauftragt oder bekam später einen neuen Link. Bitte lassen Sie es von jemand anderem genehmigen. Oder fragen Sie, wer die Installation betreibt: Ein Link, der auf deren Rechner gemacht wird, zählt sofort.',
  'failure.reason.siteChanged':
    'Jemand anderes hat diese Website geändert, seit Sie sie geöffnet haben. Laden Sie die Seite neu, und ändern Sie, was jetzt dort steht.',
  'failure.serverTooOld': 'Der Dienst ist älter als diese Konsole. Bitte laden Sie die Seite später neu.',
  'failure.storageUnavailable':
    'Die Aufzeichnungen können gerade nicht geschrieben werden. Bitte versuchen Sie es gleich noch einmal.',
  'failure.tooFast': 'Das war zu oft in kurzer Zeit. Bitte warten Sie einen Moment.',
  'failure.tooLarge': 'Das ist zu viel auf einmal.',
  'failure.transferRefused': 'Für diese Übermittlung gibt es keine Rechtsgrundlage.',
  'failure.unknownCommand': 'Der Dienst kennt diese Anfrage nicht.',
  'failure.unreachable': 'Der Dienst ist nicht erreichbar. Bitte prüfen Sie Ihre Verbindung.',
  'failure.weakPassword': 'Dieses Passwort ist zu leicht zu erraten.',
  'failure.workCountry':
    'Das kann Ihnen noch nicht gezeigt werden: Ihr Arbeitsland wurde noch nicht angegeben. Beauftragte geben es unter „Personen“ an.',
  'failure.workCountrySet': 'Angeben',
  'failure.wrongState': 'Das ist im jetzigen Stand nicht möglich.',
};
