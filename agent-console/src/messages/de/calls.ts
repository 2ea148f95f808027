/** German: devices and how a call fares. */

import type { calls as english } from '../en/calls.js';

export const calls: Record<keyof typeof english, string> = {
  'screen.ask.more': 'Ein Fenster oder den Bildschirm …',
  'screen.ask.tab': 'Einen Tab des Browsers',
  'screen.ask.uncovered':
    'Ein ganzes Fenster oder den Bildschirm zeigen? Der Besucher sieht alles darin: Daten anderer, Nachrichten, die erscheinen, und andere Programme. Schließen Sie vorher, was er nicht sehen soll.',
  'screen.ask.which': 'Was möchten Sie zeigen? Der Besucher sieht alles darin.',
  'screen.ask.yes': 'Ja, ohne Abdeckung zeigen',
  'screen.colleague': '{name} zeigt den eigenen Bildschirm.',
  'screen.enlarge': 'In voller Größe zeigen',
  'screen.failed': 'Ihr Bildschirm konnte nicht gezeigt werden. Versuchen Sie es noch einmal.',
  'screen.hide': 'Bildschirm nicht mehr zeigen',
  'screen.none': 'Dieser Browser kann keinen Bildschirm zeigen.',
  'screen.onlyTab':
    'Es wird nichts gezeigt: Es war kein Tab des Browsers, oder dieser Browser sagt es nicht. Wählen Sie einen Tab, wenn er fragt; bietet er keinen an, nehmen Sie einen anderen Browser.',
  'screen.own': 'Das sieht der Besucher von Ihnen.',
  'screen.show': 'Bildschirm zeigen',
  'screen.visitor.screen': 'Der Besucher zeigt den ganzen Bildschirm. Darauf ist nichts abgedeckt.',
  'screen.visitor.tab': 'Der Besucher zeigt die Seite. Was darauf privat ist, ist abgedeckt.',
  'screen.visitor.window': 'Der Besucher zeigt ein Fenster. Darin ist nichts abgedeckt.',
  'background.asItIs': 'Wie er ist',
  'background.blurred': 'Unscharf',
  'background.failed': 'Ihr Hintergrund lässt sich gerade nicht verbergen: Ihr ganzes Bild ist verdeckt.',
  'background.picture': 'Weiche Farben',
  'background.plain': 'Einfarbig',
  'background.preparing': 'Ihr ganzes Bild ist unscharf, bis Sie sich vom Hintergrund unterscheiden lassen.',
  'background.slow':
    'Dieses Gerät ist zu langsam, um Ihren Hintergrund zu verbergen: Ihr ganzes Bild ist verdeckt.',
  'background.title': 'Ihr Hintergrund',
  'call.camera.failed': 'Die Kamera startet nicht.',
  'call.camera.page': 'Diese Seite erlaubt keine Kamera.',
  'call.camera.refused':
    'Ihr Browser erlaubt die Kamera hier nicht. Erlauben Sie sie neben der Adresse und schalten Sie sie dann ein.',
  'call.camera.system':
    'Ihr Computer lässt diesen Browser nicht an die Kamera. Erlauben Sie es in seinen Einstellungen zum Datenschutz.',
  'call.asksFor': '{who} möchte einen Anruf.',
  'call.asksForShort': 'Möchte einen Anruf',
  'call.camera.unplugged':
    'Ihre Kamera ist nicht mehr verbunden. Schließen Sie sie wieder oder eine andere an: Sie wird von selbst benutzt.',
  'call.elsewhere': 'Sie haben einen Anruf in einem anderen Gespräch. Legen Sie dort zuerst auf.',
  'call.heard': 'Im Anruf: Sie sind zu hören',
  'call.flooded':
    '{who}: Vom Gerät kam mehr, als ein Anruf senden darf; deshalb wurde es aus diesem Anruf genommen. Nach dessen Ende ist ein neuer möglich.',
  'call.heardElsewhere':
    'Sie haben einen anderen Anruf und sind deshalb hier nicht zu hören. Legen Sie dort auf und schalten Sie dann hier Ihr Mikrofon ein.',
  'call.microphone.unplugged':
    'Ihr Mikrofon ist nicht mehr verbunden. Schließen Sie es wieder oder ein anderes an: Es wird von selbst benutzt.',
  'call.news.declined': 'Der Besucher möchte lieber nicht sprechen.',
  'call.news.ended': 'Der Anruf ist beendet.',
  'call.news.missed': 'Der Besucher wollte sprechen, und niemand hat angenommen.',
  'call.news.unanswered': 'Der Besucher hat den Anruf nicht angenommen.',
  'call.takeHere': 'Hier weitersprechen',
  'call.notHeard': 'Im Anruf: Sie sind nicht zu hören',
  'call.float': 'In einem eigenen Fenster zeigen',
  'call.camera.held':
    'Ihre Kamera ist durch ihren Schalter, Ihren Computer oder ein anderes Programm angehalten. Danach geht es von selbst weiter.',
  'call.microphone.failed': 'Das Mikrofon startet nicht.',
  'call.microphone.held':
    'Ihr Mikrofon ist durch seinen Schalter, Ihren Computer oder ein anderes Programm stummgeschaltet. Danach geht es von selbst weiter.',
  'call.microphone.page': 'Diese Seite erlaubt kein Mikrofon.',
  'call.microphone.refused':
    'Ihr Browser erlaubt das Mikrofon hier nicht. Erlauben Sie es neben der Adresse und schalten Sie es dann ein.',
  'call.microphone.system':
    'Ihr Computer lässt diesen Browser nicht an das Mikrofon. Erlauben Sie es in seinen Einstellungen zum Datenschutz.',
  'call.sealed':
    'Von Ende zu Ende verschlüsselt. Vergleichen Sie mit dem Besucher, der dieselben Ziffern sieht: {codes}',
  'call.sealing': 'Schlüssel für diesen Anruf werden vereinbart …',
  'call.speaks': '{name} spricht',
  'call.visitorSpeaks': 'Besucher spricht',
  'devices.camera': 'Kamera',
  'devices.cameraOff': 'Kamera aus',
  'devices.cameraOn': 'Kamera ausprobieren',
  'devices.heard': 'Ihr Mikrofon funktioniert.',
  'devices.heldKey': 'Alt und M halten: kurz stumm, oder kurz zu hören, während Sie stumm sind.',
  'devices.level': 'Wie laut Sie sind',
  'devices.microphone': 'Mikrofon',
  'devices.loudspeaker': 'Lautsprecher',
  'devices.usual': 'Wie am Gerät eingestellt',
  'devices.pick': 'Auswählen …',
  'devices.refused':
    'Das gewählte Gerät lässt sich gerade nicht benutzen; vielleicht hat es ein anderes Programm. Es geht mit dem bisherigen weiter.',
  'devices.private': 'Das hört und sieht niemand.',
  'devices.quiet': 'Sagen Sie etwas: Der Balken sollte sich bewegen.',
  'devices.sound': 'Testton abspielen',
  'devices.sounded': 'Nichts gehört? Stellen Sie lauter, oder prüfen Sie Ihre Kopfhörer.',
  'devices.title': 'Mikrofon, Kamera und Ton',
  'call.pictureStill':
    'Das Bild des Besuchers steht still und kommt von selbst zurück. Sprechen Sie ruhig weiter.',
  'call.ownPictureRests':
    'Ihre Verbindung trägt Ihr Bild gerade nicht. Man hört Sie weiter, und das Bild kommt von selbst zurück.',
  'health.ours.delay': 'Ihre Verbindung braucht {value} ms: Lassen Sie einander ausreden.',
  'health.ours.downLoss':
    'Bei Ihnen gehen {value} % verloren. Gehen Sie näher ans WLAN, oder nehmen Sie ein Kabel.',
  'health.ours.downQuality':
    'Bei Ihnen kommt nur ein Teil an. Gehen Sie näher ans WLAN, oder nehmen Sie ein Kabel.',
  'health.ours.fair': 'Sie: mäßige Verbindung',
  'health.ours.good': 'Sie: gute Verbindung',
  'health.ours.jitter':
    'Bei Ihnen kommt es ungleichmäßig an ({value} ms). Schließen Sie Downloads und andere Anrufe.',
  'health.ours.poor': 'Sie: schlechte Verbindung',
  'health.ours.silence':
    'Bei Ihnen kommt gerade nichts an. Bleibt es dabei, schreiben Sie, und rufen Sie noch einmal an.',
  'health.ours.upLoss':
    'Auf dem Weg von Ihnen gehen {value} % verloren. Verzichten Sie auf die Kamera, und nehmen Sie ein Kabel.',
  'health.ours.upQuality':
    'Was Sie senden, kommt stückweise an. Verzichten Sie auf die Kamera, und nehmen Sie ein Kabel.',
  'health.theirs.delay': 'Die Verbindung des Besuchers braucht {value} ms: Lassen Sie einander ausreden.',
  'health.theirs.downLoss':
    'Beim Besucher gehen {value} % verloren. Verzichten Sie auf Ihre Kamera, und sprechen Sie langsam.',
  'health.theirs.downQuality':
    'Der Besucher hört Sie nur stückweise. Verzichten Sie auf Ihre Kamera, und sprechen Sie langsam.',
  'health.theirs.fair': 'Besucher: mäßige Verbindung',
  'health.theirs.good': 'Besucher: gute Verbindung',
  'health.theirs.jitter':
    'Der Besucher hört Sie ungleichmäßig ({value} ms). Bitten Sie ihn, Downloads zu schließen, und verzichten Sie auf Ihre Kamera.',
  'health.theirs.poor': 'Besucher: schlechte Verbindung',
  'health.theirs.silence':
    'Der Besucher hört gerade nichts. Bleibt es dabei, schreiben Sie, und rufen Sie noch einmal an.',
  'health.theirs.upLoss':
    'Auf dem Weg vom Besucher gehen {value} % verloren. Bitten Sie ihn, näher ans WLAN zu gehen und auf die Kamera zu verzichten.',
  'health.theirs.upQuality':
    'Was der Besucher sendet, kommt stückweise an. Bitten Sie ihn, näher ans WLAN zu gehen und auf die Kamera zu verzichten.',
  'fact.downKbps': 'Empfangen (kbit/s)',
  'fact.downLossPermille': 'Davon verloren, was kam (‰)',
  'fact.downQuality': 'Note dessen, was kam (0 bis 10)',
  'fact.jitter': 'Schwankung (ms)',
  'fact.roundTrip': 'Hin und zurück (ms)',
  'fact.upKbps': 'Gesendet (kbit/s)',
  'fact.upLossPermille': 'Davon verloren, was gesendet wurde (‰)',
  'fact.upQuality': 'Note dessen, was gesendet wurde (0 bis 10)',
  'layout.beside': 'Nebeneinander',
  'layout.corner': 'Ihres klein in der Ecke',
  'layout.large': 'Nur das des Besuchers, groß',
  'layout.title': 'Bilder',
  'layout.voice': 'Keine: nur Ton',
  'metadata.callSample': 'Güte des Anrufs',
  'record.callSamples': 'Güte des Anrufs, alle zehn Sekunden: {count}',
};
