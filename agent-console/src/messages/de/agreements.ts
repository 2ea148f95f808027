/** German: what the customer has concluded with whoever runs the installation. */

import type { agreements as english } from '../en/agreements.js';

export const agreements: Record<keyof typeof english, string> = {
  'admin.agreements': 'AV-Vertrag',
  'admin.agreements.intro':
    'Was Sie mit dem Betreiber dieser Installation vereinbart haben (Auftragsverarbeitung, Art. 28 DSGVO). Gilt kein Vertrag, nehmen Ihre Seiten keine neuen Gespräche an; laufende gehen weiter.',
  'agreements.add': 'Vertrag eintragen',
  'agreements.addText':
    'Tragen Sie nur ein, was wirklich unterzeichnet ist. Sobald der Vertrag bestätigt ist, ersetzt er den bisherigen.',
  'agreements.confirm': 'Bestätigen',
  'agreements.confirmed': 'Der Vertrag gilt.',
  'agreements.confirmedBy': 'Bestätigt von {name} am {date}',
  'agreements.confirmOf': '{version} bestätigen',
  'agreements.controller': 'Sie, wie unterzeichnet',
  'agreements.end': 'Beenden',
  'agreements.ended': 'Der Vertrag ist beendet.',
  'agreements.endOf': '{version} beenden',
  'agreements.endSubmit': 'Jetzt beenden',
  'agreements.endText':
    'Danach nehmen Ihre Seiten keine neuen Gespräche an, bis ein anderer Vertrag gilt. Laufende Gespräche gehen bis zu ihrem Ende weiter.',
  'agreements.endTitle': 'Diesen Vertrag beenden?',
  'agreements.none': 'Kein Vertrag eingetragen',
  'agreements.noneText':
    'Bis einer eingetragen und bestätigt ist, lesen Besucher, dass gerade niemand helfen kann.',
  'agreements.parties': 'Zwischen',
  'agreements.processor': 'Betreiber der Installation',
  'agreements.recordedBy': 'Eingetragen von {name}',
  'agreements.signed': 'Unterzeichnet am',
  'agreements.state': 'Stand',
  'agreements.state.ended': 'Beendet am {date}',
  'agreements.state.expired': 'Abgelaufen: keine neuen Gespräche',
  'agreements.state.expiring': 'Läuft bald ab: dann keine neuen Gespräche',
  'agreements.state.inForce': 'Gilt',
  'agreements.state.replaced': 'Ersetzt am {date}',
  'agreements.state.waiting': 'Noch nicht bestätigt',
  'agreements.until': 'Gültig bis',
  'agreements.untilHint': 'Der letzte Tag. Leer lassen, wenn der Vertrag unbefristet ist.',
  'agreements.version': 'Vertrag',
  'agreements.versionHint': 'Wie der Text heißt, mit seiner Fassung.',
  'agreements.waits': 'Wartet auf eine andere beauftragte Person oder auf den Betreiber',
  'audit.agreement.confirmed': 'Hat einen AV-Vertrag bestätigt',
  'audit.agreement.confirmedOnMachine': 'Hat einen AV-Vertrag eingetragen, den der Betreiber bestätigt hat',
  'audit.agreement.ended': 'Hat einen AV-Vertrag beendet',
  'audit.agreement.recorded': 'Hat einen AV-Vertrag eingetragen',
  'missing.agreement': 'Es gilt kein AV-Vertrag: Ihre Seiten nehmen keine neuen Gespräche an',
  'missing.agreementExpiring': 'Der AV-Vertrag läuft in höchstens 30 Tagen ab',
};
