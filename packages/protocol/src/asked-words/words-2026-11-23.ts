/** In which words the panel asked for consents in this version; it stays as it was shown. */

import type { AskedWords } from '../asked-in.js';

export const words20261123: AskedWords = {
  en: {
    'agents.show': 'Show again',
    'agents.showTo': 'Show my page to {agent} again',
    'ask.control.heading': '{agent} asks to help with their own hands',
    'ask.control.never': 'Not possible for them: passwords, card data, paying, and fields they cannot see.',
    'ask.control.stop': 'You can take it back at any moment: press Escape or the button at the top.',
    'ask.control.text': 'For {time}, and only this. You see everything they do.',
    'ask.control.yes': 'Yes, for {time}',
    'ask.kind.click': 'Press what can be pressed. Sending, deleting and leaving wait for your yes.',
    'ask.kind.draw': 'Draw on the page and mark parts of it.',
    'ask.kind.navigate': 'Open other pages of this site.',
    'ask.kind.point': 'Point at things on the page, with their name.',
    'ask.kind.scroll': 'Scroll the page.',
    'ask.kind.type': 'Write into fields that they can see.',
    'ask.no': 'No',
    'ask.reachPage':
      'Leaving or reloading this page ends the conversation, because your browser lets nothing be kept.',
    'ask.rulesChanged': 'What would be shown has just changed; please read the question again.',
    'ask.screen.heading': 'Show {agent} this page in the call?',
    'ask.screen.more': 'Another window or my screen…',
    'ask.screen.stop': 'You can stop at any moment. Nothing is recorded.',
    'ask.screen.text':
      '{agent} sees this page as it moves. Before the picture leaves your browser, fields and what this site keeps private are covered. Parts of the page that nobody can look into may stay visible. Your browser will ask you as well.',
    'ask.screen.yes': 'Yes, show this page',
    'ask.screenAny.heading': 'Show {agent} something else than this page?',
    'ask.screenAny.others':
      'Close first what {agent} should not see. You can stop at any moment. Nothing is recorded.',
    'ask.screenAny.text':
      'Nothing can be covered there. {agent} sees everything in the window or on the screen that you pick: also what you type, messages that come up, and other programs.',
    'ask.screenAny.yes': 'Yes, show it uncovered',
    'ask.show.heading': '{agent} asks to show you things on this page',
    'ask.video.heading': '{agent} asks for a video call',
    'ask.video.text':
      'You choose whether {agent} also sees you. Your browser will ask for your devices. Nothing is recorded.',
    'ask.video.voice': 'Yes, voice only',
    'ask.video.yes': 'Yes, with my picture',
    'ask.view.heading': '{agent} asks to see this page',
    'ask.view.masked':
      'What you type into fields shows as grey boxes and stays in your browser, except where this site allows it. Passwords, card data and private parts never leave it.',
    'ask.view.maskedAll':
      'Texts and what you type show as grey boxes and stay in your browser, except where this site allows it. Passwords and card data never leave it.',
    'ask.view.more':
      'For as long as it is shown, they could also {kinds} on it; both can be taken back alone.',
    'ask.view.moreOne':
      'For as long as it is shown, they could also {kinds} on it; this can be taken back alone.',
    'ask.view.others': 'Others in this conversation would see it too: {agents}.',
    'ask.view.stored': 'Nothing of it is stored or recorded.',
    'ask.view.text':
      'They would see this page and the next ones you open on this site, live, until you stop.',
    'ask.view.time': 'It ends by itself after {time}.',
    'ask.view.yes': 'Yes, show the page',
    'ask.voice.heading': '{agent} asks to talk to you',
    'ask.voice.text': 'Your browser will ask for your microphone. Nothing is recorded.',
    'ask.voice.yes': 'Yes, talk',
    'call.cameraOn': 'Camera on',
    'call.offerVideo': 'Start a video call',
    'call.offerVoice': 'Start a voice call',
    'control.click': 'click',
    'control.draw': 'draw',
    'control.navigate': 'open pages of this site',
    'control.point': 'point',
    'control.scroll': 'scroll',
    'control.type': 'type',
  },
  de: {
    'agents.show': 'Wieder zeigen',
    'agents.showTo': 'Meine Seite {agent} wieder zeigen',
    'ask.control.heading': '{agent} möchte selbst mit anpacken',
    'ask.control.never':
      'Nicht möglich: Passwörter, Kartendaten, Bezahlen und Felder, die nicht zu sehen sind.',
    'ask.control.stop':
      'Sie können es jederzeit zurücknehmen: mit der Escape-Taste oder dem Knopf ganz oben.',
    'ask.control.text': 'Für {time}, und nur dies. Sie sehen alles, was geschieht.',
    'ask.control.yes': 'Ja, für {time}',
    'ask.kind.click': 'Drücken, was sich drücken lässt. Senden, Löschen und Verlassen warten auf Ihr Ja.',
    'ask.kind.draw': 'Auf die Seite zeichnen und Teile davon markieren.',
    'ask.kind.navigate': 'Andere Seiten dieser Website öffnen.',
    'ask.kind.point': 'Auf Dinge auf der Seite zeigen, mit Namen.',
    'ask.kind.scroll': 'Die Seite blättern.',
    'ask.kind.type': 'In Felder schreiben, die zu sehen sind.',
    'ask.no': 'Nein',
    'ask.reachPage':
      'Wenn Sie diese Seite verlassen oder neu laden, endet das Gespräch, denn Ihr Browser lässt nichts merken.',
    'ask.rulesChanged': 'Was gezeigt würde, hat sich soeben geändert; bitte lesen Sie die Frage noch einmal.',
    'ask.screen.heading': '{agent} diese Seite im Gespräch zeigen?',
    'ask.screen.more': 'Anderes Fenster oder Bildschirm …',
    'ask.screen.stop': 'Sie können jederzeit aufhören. Nichts wird aufgezeichnet.',
    'ask.screen.text':
      '{agent} sieht diese Seite, wie sie sich bewegt. Bevor das Bild Ihren Browser verlässt, werden Felder und alles, was diese Website privat hält, abgedeckt. Teile der Seite, in die niemand hineinsehen kann, bleiben womöglich sichtbar. Auch Ihr Browser wird Sie fragen.',
    'ask.screen.yes': 'Ja, diese Seite zeigen',
    'ask.screenAny.heading': '{agent} etwas anderes als diese Seite zeigen?',
    'ask.screenAny.others':
      'Schließen Sie vorher, was {agent} nicht sehen soll. Sie können jederzeit aufhören. Nichts wird aufgezeichnet.',
    'ask.screenAny.text':
      'Dort kann nichts abgedeckt werden. {agent} sieht alles, was Sie auswählen: auch was Sie tippen, Nachrichten, die erscheinen, und andere Programme.',
    'ask.screenAny.yes': 'Ja, ohne Abdeckung zeigen',
    'ask.show.heading': '{agent} möchte Ihnen auf dieser Seite etwas zeigen',
    'ask.video.heading': '{agent} möchte ein Videogespräch',
    'ask.video.text':
      'Sie entscheiden, ob {agent} auch Sie sieht. Ihr Browser wird nach den Geräten fragen. Nichts wird aufgezeichnet.',
    'ask.video.voice': 'Ja, nur sprechen',
    'ask.video.yes': 'Ja, mit meinem Bild',
    'ask.view.heading': '{agent} möchte diese Seite sehen',
    'ask.view.masked':
      'Was Sie in Felder eintippen, erscheint als graue Kästen und bleibt in Ihrem Browser, außer wo diese Website es erlaubt. Passwörter, Kartendaten und Privates verlassen ihn nie.',
    'ask.view.maskedAll':
      'Texte und was Sie eintippen erscheinen als graue Kästen und bleiben in Ihrem Browser, außer wo diese Website es erlaubt. Passwörter und Kartendaten verlassen ihn nie.',
    'ask.view.more':
      'Solange die Seite gezeigt wird, wäre darauf auch erlaubt: {kinds}. Beides lässt sich einzeln zurücknehmen.',
    'ask.view.moreOne':
      'Solange die Seite gezeigt wird, wäre darauf auch erlaubt: {kinds}. Das lässt sich einzeln zurücknehmen.',
    'ask.view.others': 'Auch andere in diesem Gespräch würden sie sehen: {agents}.',
    'ask.view.stored': 'Nichts davon wird gespeichert oder aufgezeichnet.',
    'ask.view.text':
      'Gezeigt würden diese Seite und die nächsten, die Sie auf dieser Website öffnen, live, bis Sie abbrechen.',
    'ask.view.time': 'Nach {time} endet es von selbst.',
    'ask.view.yes': 'Ja, Seite zeigen',
    'ask.voice.heading': '{agent} möchte mit Ihnen sprechen',
    'ask.voice.text': 'Ihr Browser wird nach dem Mikrofon fragen. Nichts wird aufgezeichnet.',
    'ask.voice.yes': 'Ja, sprechen',
    'call.cameraOn': 'Kamera an',
    'call.offerVideo': 'Videoanruf beginnen',
    'call.offerVoice': 'Sprachanruf beginnen',
    'control.click': 'klicken',
    'control.draw': 'zeichnen',
    'control.navigate': 'Seiten dieser Website öffnen',
    'control.point': 'zeigen',
    'control.scroll': 'blättern',
    'control.type': 'tippen',
  },
};
