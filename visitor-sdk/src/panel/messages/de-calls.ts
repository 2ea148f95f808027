/** What the panel says of calls and of their devices, in German. */

import type { calls as en } from './en-calls.js';

export const calls: { readonly [K in keyof typeof en]: string } = {
  'call.offerVoice': 'Sprachanruf beginnen',
  'call.offerVideo': 'Videoanruf beginnen',
  'call.building': 'Gespräche sind gleich möglich.',
  'call.paused': 'Anrufe sind mehrmals abgebrochen und pausieren. Sie gehen bald von selbst wieder.',
  'call.asking': '{agent} wird angerufen…',
  'call.cancel': 'Abbrechen',
  'call.on': 'Gespräch mit {agent}',
  'call.joining': 'Das Gespräch wird verbunden…',
  'call.sealed':
    'Von Ende zu Ende verschlüsselt. Sehen alle hier dieselben Ziffern wie Sie bei ihrem Namen, kann niemand außer den hier Genannten mithören:',
  'call.sealing': 'Schlüssel für dieses Gespräch werden vereinbart…',
  'call.lost': 'Das Gespräch wurde unterbrochen und kommt wieder…',
  'call.elsewhere': 'Das Gespräch läuft in einem anderen Tab oder auf der vorigen Seite.',
  'call.deserted': 'Der Tab mit dem Gespräch wurde geschlossen. Sie können hier weitersprechen.',
  'call.joinHere': 'Hier weitersprechen',
  'call.mute': 'Stumm schalten',
  'call.unmute': 'Mikrofon an',
  'call.cameraOn': 'Kamera an',
  'call.cameraOff': 'Kamera aus',
  'call.hangUp': 'Auflegen',
  'call.muted': 'Ihr Mikrofon ist aus',
  'call.agentMuted': '{agent} ist stumm geschaltet',
  'call.news.declined': '{agent} kann gerade nicht sprechen. Sie können weiter schreiben.',
  'call.news.unanswered': '{agent} hat nicht abgenommen. Sie können weiter schreiben.',
  'call.news.missed': '{agent} wollte mit Ihnen sprechen und bekam keine Antwort.',
  'call.news.ended': 'Das Gespräch ist beendet.',
  'call.playBlocked': 'Ihr Browser hält den Ton zurück.',
  'call.play': 'Ton einschalten',
  'call.you': 'Ihr Bild',
  'call.agentPicture': 'Bild von {agent}',
  'call.failed': 'Das Gespräch kam nicht zustande: {reason} Sie können weiter schreiben.',
  'call.notSealed':
    'Anrufe sind hier verschlüsselt, was dieser Browser oder diese Seite nicht kann. Gesendet wurde nichts.',
  'call.unreached': 'Weder Ton noch Bild kommt durch; vielleicht sperrt dieses Netz Anrufe.',
  'call.flooded':
    'Von Ihrem Gerät kam mehr, als ein Anruf senden darf. Wenn Sie auflegen, ist ein neuer möglich.',
  'call.unsupported': 'In diesem Browser oder auf dieser Seite sind keine Anrufe möglich.',
  'call.speaks': '{agent} spricht',
  'call.float': 'In einem eigenen kleinen Fenster zeigen',
  'call.holdToTalk': 'Alt und M halten, um kurz gehört zu werden.',
  'call.holdToMute': 'Alt und M halten, um kurz stumm zu sein.',
  'quality.good': 'Gute Verbindung',
  'quality.fair': 'Mäßige Verbindung',
  'quality.poor': 'Schlechte Verbindung',
  'quality.advice': 'Ohne Kamera kommt Ihre Stimme besser durch.',
  'quality.still': 'Das Bild von {agent} steht still und kommt von selbst zurück. Sprechen Sie ruhig weiter.',
  'quality.rests':
    'Ihre Verbindung trägt Ihr Bild gerade nicht. Man hört Sie weiter, und das Bild kommt von selbst zurück.',
  'check.heading': 'Bevor Sie {agent} anrufen',
  'check.text': 'Probieren Sie in Ruhe: {agent} hört und sieht noch nichts.',
  'check.first': 'Vorher ausprobieren',
  'check.microphone': 'Mikrofon',
  'check.camera': 'Kamera',
  'check.pick': 'Auswählen …',
  'check.refused':
    'Das gewählte Gerät lässt sich gerade nicht benutzen; vielleicht hat es ein anderes Programm. Es geht mit dem bisherigen weiter.',
  'check.level': 'Wie laut Sie sind',
  'check.quiet': 'Sagen Sie etwas: Der Balken sollte sich bewegen.',
  'check.heard': 'Ihr Mikrofon funktioniert.',
  'check.sound': 'Testton abspielen',
  'check.sounded': 'Nichts gehört? Stellen Sie lauter, oder prüfen Sie Ihre Kopfhörer.',
  'check.call': 'Jetzt anrufen',
  'check.cancel': 'Nicht anrufen',
  'check.devices': 'Mikrofon, Kamera und Ton',
  'device.retry': 'Noch einmal versuchen',
  'device.microphone.missing':
    'Es wurde kein Mikrofon gefunden. Schließen Sie eines an, dann wird es von selbst benutzt. Ohne eines können Sie zuhören und schreiben.',
  'device.microphone.unplugged':
    'Ihr Mikrofon ist nicht mehr verbunden. Schließen Sie es wieder oder ein anderes an, dann wird es von selbst benutzt. Solange können Sie zuhören und schreiben.',
  'device.microphone.system':
    'Ihr Computer oder Telefon lässt diesen Browser nicht an das Mikrofon. Erlauben Sie es in dessen Einstellungen zum Datenschutz und versuchen Sie es noch einmal, oder schreiben Sie weiter.',
  'device.microphone.page': 'Diese Seite lässt niemanden an ein Mikrofon. Sie können zuhören und schreiben.',
  'device.microphone.refused':
    'Der Browser erlaubt das Mikrofon nicht. Erlauben Sie es neben der Adresse und versuchen Sie es noch einmal, oder schreiben Sie weiter.',
  'device.microphone.busy':
    'Ein anderes Programm benutzt das Mikrofon. Schließen Sie es und versuchen Sie es noch einmal, oder schreiben Sie weiter.',
  'device.microphone.held':
    'Ihr Mikrofon ist durch seinen Schalter, ein Telefonat oder ein anderes Programm stummgeschaltet. Danach geht es von selbst weiter.',
  'device.microphone.failed':
    'Das Mikrofon startet nicht. Versuchen Sie es noch einmal, oder schreiben Sie weiter.',
  'device.camera.missing':
    'Es wurde keine Kamera gefunden. Schließen Sie eine an, dann wird sie von selbst benutzt; Ton genügt.',
  'device.camera.unplugged':
    'Ihre Kamera ist nicht mehr verbunden. Schließen Sie sie wieder oder eine andere an, dann wird sie von selbst benutzt; Ton genügt.',
  'device.camera.system':
    'Ihr Computer oder Telefon lässt diesen Browser nicht an die Kamera. Erlauben Sie es in dessen Einstellungen zum Datenschutz und versuchen Sie es noch einmal.',
  'device.camera.page': 'Diese Seite lässt niemanden an eine Kamera; Ton genügt.',
  'device.camera.refused':
    'Der Browser erlaubt die Kamera nicht. Erlauben Sie sie neben der Adresse und versuchen Sie es noch einmal.',
  'device.camera.busy':
    'Ein anderes Programm benutzt die Kamera. Schließen Sie es und versuchen Sie es noch einmal.',
  'device.camera.held':
    'Ihre Kamera ist durch ihren Schalter, ein Telefonat oder ein anderes Programm angehalten. Danach geht es von selbst weiter.',
  'device.camera.failed': 'Die Kamera startet nicht. Das Gespräch geht mit Ton weiter.',
  'device.unrecorded':
    'Die Kamera bleibt aus: Ihr Ja konnte gerade nicht festgehalten werden. Versuchen Sie es gleich noch einmal.',
  'screen.show': 'Diese Seite zeigen',
  'screen.stop': 'Nicht mehr zeigen',
  'screen.starting': 'Ihr Browser beginnt mit dem Zeigen …',
  'screen.on.tab': '{agent} sieht diese Seite als Bild. Was darauf privat ist, ist abgedeckt.',
  'screen.on.window': '{agent} sieht das Fenster, das Sie gewählt haben. Darin ist nichts abgedeckt.',
  'screen.on.screen': '{agent} sieht Ihren ganzen Bildschirm. Darauf ist nichts abgedeckt.',
  'screen.hidden': 'Die Seite kann gerade nicht sicher gezeigt werden. {agent} sieht ein graues Bild.',
  'screen.hiddenPicture': 'Gerade verborgen',
  'screen.none': 'Dieser Browser oder diese Seite lässt es nicht zu, einen Bildschirm zu zeigen.',
  'screen.refused': 'Es wird nichts gezeigt: Im Browser wurde es nicht erlaubt.',
  'screen.notThisPage':
    'Es wird nichts gezeigt: Hier kann nur diese Seite gezeigt werden. Wählen Sie diesen Tab, wenn der Browser fragt.',
  'screen.failed': 'Das Zeigen ist nicht gelungen. Bitte versuchen Sie es noch einmal.',
  'screen.agent': '{agent} zeigt Ihnen den eigenen Bildschirm',
  'screen.enlarge': 'In voller Größe zeigen',
  'ask.screen.heading': '{agent} diese Seite im Gespräch zeigen?',
  'ask.screen.text':
    '{agent} sieht diese Seite, wie sie sich bewegt. Bevor das Bild Ihren Browser verlässt, werden Felder und alles, was diese Website privat hält, abgedeckt. Teile der Seite, in die niemand hineinsehen kann, bleiben womöglich sichtbar. Auch Ihr Browser wird Sie fragen.',
  'ask.screen.stop': 'Sie können jederzeit aufhören. Nichts wird aufgezeichnet.',
  'ask.screen.yes': 'Ja, diese Seite zeigen',
  'ask.screen.more': 'Anderes Fenster oder Bildschirm …',
  'ask.screenAny.heading': '{agent} etwas anderes als diese Seite zeigen?',
  'ask.screenAny.text':
    'Dort kann nichts abgedeckt werden. {agent} sieht alles, was Sie auswählen: auch was Sie tippen, Nachrichten, die erscheinen, und andere Programme.',
  'ask.screenAny.others':
    'Schließen Sie vorher, was {agent} nicht sehen soll. Sie können jederzeit aufhören. Nichts wird aufgezeichnet.',
  'ask.screenAny.yes': 'Ja, ohne Abdeckung zeigen',
  'receipt.scope.screen': 'Ihr Bildschirm',
};
