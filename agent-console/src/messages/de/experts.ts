/** German: experts who are invited into a call, in the lead's console and on their own page. */

import type { experts as en } from '../en/experts.js';

export const experts: { readonly [K in keyof typeof en]: string } = {
  'experts.invite': 'Fachperson einladen',
  'experts.inviteText':
    'Sie bekommen einen Link, der eine Person in diesen Anruf lässt und in nichts sonst. Der Besucher wird mit ihrem Namen gefragt, ob sie mithören darf; vorher hört sie nichts.',
  'experts.name': 'Name der Fachperson',
  'experts.nameHint': 'Alle im Anruf sehen ihn, auch der Besucher.',
  'experts.organisation': 'Organisation, für die sie arbeitet',
  'experts.organisationHint':
    'Ihre eigene, oder eine, die zwei Beauftragte freigegeben haben. Fehlt sie, trägt die Datenschutzstelle zuerst den Vertrag oder den Empfänger ein.',
  'experts.country': 'Land, aus dem sie arbeitet',
  'experts.countryHint': 'Wo sie beim Teilnehmen ist, nicht wo sie angestellt ist.',
  'experts.makeLink': 'Link erstellen',
  'experts.linkTitle': 'Link für {name}',
  'experts.linkText':
    'Er gilt einmal, für diesen Anruf, bis {time} Uhr. Schicken Sie ihn auf einem Weg, dem Sie vertrauen.',
  'experts.link': 'Link für {name}',
  'experts.linkOnce': 'Er wird nur jetzt gezeigt. Wer ihn hat, kann unter diesem Namen teilnehmen.',
  'experts.open': 'Links, die noch niemand benutzt hat',
  'experts.invited': '{name}, {organisation}: eingeladen bis {time} Uhr',
  'experts.takeBack': 'Link zurücknehmen',
  'experts.full': 'Höchstens {most} Fachleute sind in einem Anruf oder auf dem Weg dorthin.',
  'experts.is': '{name}, Fachperson von {organisation}, ist im Anruf: Der Besucher hat zugestimmt.',
  'experts.waits':
    '{name}, Fachperson von {organisation}, wartet auf das Ja des Besuchers. Noch hört sie niemand.',
  'experts.remove': '{name} aus dem Anruf entfernen',
  'experts.removeShort': 'Entfernen',
  'expert.title': 'Sie sind zu einem Anruf eingeladen',
  'expert.invites':
    '{agent} von {customer} bittet Sie, als Fachperson an einem Anruf mit einem Besucher von „{site}“ teilzunehmen.',
  'expert.hears':
    'Sie hören und sehen die Menschen im Anruf, und diese hören Sie. Ihre Kamera bleibt aus, bis Sie sie einschalten.',
  'expert.shown':
    'Alle im Anruf, auch der Besucher, sehen Sie als „{name}, Fachperson von {organisation}“. Sind Sie das nicht, nehmen Sie bitte nicht teil.',
  'expert.nothingElse':
    'Von der Seite des Besuchers, dem Chat und gespeicherten Daten sehen Sie nichts. Vom Anruf wird nichts aufgezeichnet.',
  'expert.join': 'Teilnehmen',
  'expert.waits':
    'Sie sind da. Der Besucher wird gefragt, ob Sie ihn hören dürfen; bis zu seinem Ja hört Sie niemand.',
  'expert.joining': 'Sie kommen in den Anruf …',
  'expert.once':
    'Der Link gilt einmal. In diesem Tab können Sie die Seite neu laden, solange der Anruf läuft.',
  'expert.notice': 'Was von Ihnen gespeichert wird',
  'expert.noticeKept':
    'Verantwortlich ist {customer}. In {country} werden {months} Monate gespeichert: Ihr Name, Ihre Organisation, das Land, aus dem Sie arbeiten, und wann Sie im Anruf waren. Nichts von Ton oder Bild.',
  'expert.noticeMedia':
    'Ihre Stimme und Ihr Bild gehen an die Menschen im Anruf und werden nirgends gespeichert. Was Sie hören und sehen, geht zu Ihnen nach: {from}. Die Grundlage dafür:',
  'expert.noticeRights':
    'Mit Fragen und Anträgen zu dem, was von Ihnen gespeichert ist, wenden Sie sich an {customer}; nach Ablauf der Zeit wird es von selbst gelöscht. Sie müssen nicht teilnehmen.',
  'expert.inCall': 'Anruf von „{site}“',
  'expert.people': 'Wer im Anruf ist',
  'expert.person.visitor': 'Der Besucher',
  'expert.person.lead': '{name}, führt den Anruf',
  'expert.person.agent': '{name}',
  'expert.person.supervisor': '{name}, Aufsicht',
  'expert.person.expert': '{name}, Fachperson',
  'expert.lost': 'Die Verbindung ist weg und kommt wieder …',
  'expert.over.used': 'Dieser Link wurde schon benutzt',
  'expert.over.usedText':
    'Er lässt eine Person ein, einmal. Waren Sie das nicht, sagen Sie es bitte sofort der Person, die Sie eingeladen hat: Sie kann entfernen, wer teilnimmt. Bitten Sie sie um einen neuen Link.',
  'expert.over.revoked': 'Dieser Link wurde zurückgenommen',
  'expert.over.revokedText':
    'Wer Sie eingeladen hat, oder die Regeln des Unternehmens, erlaubt es nicht mehr.',
  'expert.over.tooLate': 'Dieser Link ist abgelaufen',
  'expert.over.tooLateText':
    'Er galt 15 Minuten. Bitten Sie die Person, die Sie eingeladen hat, um einen neuen.',
  'expert.over.callEnded': 'Der Anruf ist zu Ende',
  'expert.over.callEndedText': 'Danke für Ihre Hilfe. Sie können diese Seite schließen.',
  'expert.over.switchedOff': 'Fachleute können hier zurzeit nicht teilnehmen',
  'expert.over.switchedOffText': 'Das wurde für diese Website seit Ihrer Einladung ausgeschaltet.',
  'expert.over.wrong': 'Dieser Link stimmt nicht',
  'expert.over.wrongText':
    'Etwas davon fehlt oder wurde verändert. Kopieren Sie den ganzen Link, oder bitten Sie um einen neuen.',
  'expert.over.left': 'Sie haben den Anruf verlassen',
  'expert.over.leftText':
    'Sie können diese Seite schließen. Um wiederzukommen, brauchen Sie einen neuen Link.',
  'expert.over.removed': 'Ihre Teilnahme wurde beendet',
  'expert.over.removedText':
    'Der Besucher oder jemand aus dem Team hat Sie aus dem Anruf genommen. Sie können diese Seite schließen.',
  'expert.over.notLetIn': 'Sie konnten nicht in den Anruf',
  'expert.over.notLetInText':
    'Der Anruf ist voll, oder Ihr Kommen ließ sich gerade nicht festhalten. Bitten Sie um einen neuen Link.',
  'expert.over.elsewhere': 'Sie sind in einem anderen Tab im Anruf',
  'expert.over.elsewhereText': 'Machen Sie dort weiter; diesen können Sie schließen.',
  'expert.over.lost': 'Die Verbindung ist abgebrochen',
  'expert.over.lostText':
    'Mit diesem Link kommen Sie nicht zurück. Läuft der Anruf noch, bitten Sie die Person, die Sie eingeladen hat, um einen neuen.',
  'expert.over.unsupported': 'Dieser Browser kann keine Anrufe',
  'expert.over.unsupportedText':
    'Ihr Link ist durch das Öffnen hier nicht verbraucht. Öffnen Sie ihn in einer aktuellen Fassung von Chrome, Edge, Firefox oder Safari.',
  'expert.over.refused': 'Von dort, wo Sie arbeiten, dürfen Sie nicht teilnehmen',
  'expert.over.refusedText':
    'Der Link ist nicht verbraucht. Wer Sie eingeladen hat, kann es mit der Datenschutzstelle des Unternehmens klären.',
  'metadata.callExpert': 'Fachperson eingeladen',
  'fact.expert': 'Fachperson',
  'fact.organisation': 'Organisation',
  'fact.expertCountry': 'Arbeitet aus',
  'fact.usedAt': 'Link benutzt',
  'fact.revokedAt': 'Link zurückgenommen',
  'fact.refusedAt': 'Erstmals vergeblich versucht',
  'fact.removedBy': 'Entfernt von',
  'fact.removerId': 'Entfernt hat',
  'fact.role.expert': 'Fachperson',
  'audit.expert.invited': 'Hat eine Fachperson in einen Anruf eingeladen',
  'audit.expert.refused': 'Durfte eine Fachperson nicht einladen: keine Grundlage',
  'audit.expert.joined': 'Eine Fachperson hat den Link zu einem Anruf benutzt',
  'audit.expert.turnedAway': 'Der Link einer Fachperson wurde vergeblich versucht',
  'audit.expert.revoked': 'Hat den Link einer Fachperson zurückgenommen',
  'site.experts': 'Fachleute dürfen mit einem Link in Anrufe eingeladen werden',
  'site.expertsHint':
    'Jemand von außen hört dann mit. Aus, solange Sie es nicht brauchen. Wer einen Anruf führt, lädt bis zu drei Personen ein, jede mit einem Link, der einmal gilt; ohne Rechtsgrundlage für ihr Land gibt es keinen Link.',
};
