/** German: who receives data, and what a customer owes to visitors, authorities and itself. */

import type { duties as english } from '../en/duties.js';

export const duties: Record<keyof typeof english, string> = {
  'account.days': 'Tage Bedenkzeit',
  'account.daysHint': 'Höchstens {most}. Bis dahin kann eine beauftragte Person das Konto wiederherstellen.',
  'account.end': 'Konto beenden',
  'account.endText':
    'In beiden Fällen werden alle sofort abgemeldet, laufende Gespräche enden, und auf Ihren Seiten hilft niemand mehr.',
  'account.ended':
    'Das Konto ruht, alle Sitzungen sind beendet. Eine beauftragte Person kann es wiederherstellen.',
  'account.erase': 'Konto löschen',
  'account.eraseText':
    'Nach Ablauf der Tage gehen alle Daten Ihres Unternehmens endgültig: Websites, Personen, Gespräche, Verzeichnisse. Exportieren Sie vorher, was Sie aufbewahren müssen.',
  'account.rest': 'Konto ruhen lassen',
  'account.restText':
    'Nichts wird gelöscht, niemand hilft. Eine beauftragte Person kann das Konto jederzeit wiederherstellen.',
  'account.typeName': 'Geben Sie zur Bestätigung {name} ein',
  'account.wrongPassword': 'Das ist nicht Ihr Passwort.',
  'admin.recipients': 'Empfänger',
  'admin.recipients.intro':
    'Wer außer Alongside etwas von Besucherinnen und Besuchern erhält. Niemandem wird etwas gesendet, der nicht hier steht und von zwei Beauftragten genehmigt ist; der Hinweis nennt die Liste.',
  'audit.recipient.added': 'Hat einen Empfänger hinzugefügt',
  'audit.recipient.approved': 'Hat einen Empfänger genehmigt',
  'audit.recipient.ended': 'Hat einen Empfänger beendet',
  'audit.site.delivered': 'Hat gewählt, dass Gespräche in den eigenen Speicher des Unternehmens gehen',
  'audit.site.keptHere': 'Hat gewählt, dass Gespräche hier aufbewahrt werden',
  'chat.delayed':
    'Eine Nachricht ist noch nicht zugestellt: Der eigene Speicher des Unternehmens antwortet nicht. Es wird von selbst weiter versucht.',
  'chat.held': 'Liegt im eigenen Speicher des Unternehmens, der gerade nicht antwortet.',
  'notice.announceHint':
    'Besucherinnen und Besucher erfahren ab jetzt davon. Er gilt frühestens in vierzehn Tagen; frühere Fassungen bleiben, wie sie waren.',
  'notice.effectiveHint': 'Nicht vor dem {date}. Ohne Tag gilt er, sobald es erlaubt ist.',
  'notice.effectiveOn': 'Gilt ab',
  'notice.from': 'ab {date}',
  'record.heldBy':
    'Gespräch und Antworten bewahrt {holder} auf, nicht dieser Dienst. Was von dort kommt, wird gezeigt und nicht gespeichert.',
  'record.surveyHeld': 'Beantwortet; die Antworten liegen im eigenen Speicher des Unternehmens.',
  'recipients.activeFrom': 'Erhält ab',
  'recipients.add': 'Empfänger hinzufügen',
  'recipients.addText':
    'Eine zweite beauftragte Person muss genehmigen. Andere als Ihr eigener Speicher werden dreißig Tage vorher angekündigt.',
  'recipients.approve': 'Genehmigen',
  'recipients.approved': 'Der Empfänger ist genehmigt.',
  'recipients.approvedOn': 'Genehmigt am {date}',
  'recipients.approveOf': '{name} genehmigen',
  'recipients.classes': 'Erhält',
  'recipients.class.metadata': 'Technische Angaben',
  'recipients.class.survey': 'Antworten',
  'recipients.class.transcript': 'Gespräche',
  'recipients.contract': 'Vereinbarung',
  'recipients.contractHint': 'Der Vertrag, der den Empfänger bindet, wie er in Ihren Akten heißt.',
  'recipients.contractOn': 'Unterzeichnet am',
  'recipients.country': 'Land',
  'recipients.end': 'Beenden',
  'recipients.ended': 'Der Empfänger erhält nichts mehr.',
  'recipients.endedOn': 'Beendet am {date}',
  'recipients.endOf': '{name} beenden',
  'recipients.endpoint': 'Adresse',
  'recipients.endpointHint':
    'Wo er annimmt, was gesendet wird: https und ein öffentlicher Host. Keine andere Adresse wird je angesprochen.',
  'recipients.evidenceExpired': 'Der Nachweis ist abgelaufen: Es wird nichts gesendet',
  'recipients.evidenceUntil': 'Nachweis gilt bis',
  'recipients.inUse':
    'Eine Website liefert noch dorthin. Ändern Sie zuerst, wo sie ihre Gespräche aufbewahrt.',
  'recipients.name': 'Name',
  'recipients.none': 'Sonst erhält niemand etwas',
  'recipients.noneText': 'Alles bleibt auf dieser Installation.',
  'recipients.purpose': 'Zweck',
  'recipients.receives': 'Erhält derzeit',
  'recipients.role': 'Rolle',
  'recipients.role.groupEntity': 'Unternehmen Ihrer Gruppe',
  'recipients.role.ownStore': 'Ihr eigener Speicher',
  'recipients.role.subProcessor': 'Unterauftragsverarbeiter',
  'recipients.startsOn': 'Angekündigt; erhält ab {date}',
  'recipients.state': 'Stand',
  'recipients.waits': 'Wartet auf die Genehmigung durch eine zweite beauftragte Person',
  'restore.done': 'Das Konto ist, wie es war. Alle können sich wieder anmelden.',
  'restore.intro': 'Für Beauftragte eines Unternehmens, dessen Konto ruht oder auf die Löschung wartet.',
  'restore.notEnded': 'Dieses Konto ruht nicht: Melden Sie sich einfach an.',
  'restore.submit': 'Wiederherstellen',
  'restore.title': 'Konto wiederherstellen',
  'site.deliverHere': 'Hier, so lange die Angaben zum Unternehmen es sagen',
  'site.deliverTo': 'Wo Gespräche und Antworten aufbewahrt werden',
  'site.deliverToHint':
    'Im eigenen Speicher bleibt hier nichts davon: Eine Nachricht gilt als gesendet, sobald Ihr Speicher sie angenommen hat. Es gilt für neue Gespräche.',
};
