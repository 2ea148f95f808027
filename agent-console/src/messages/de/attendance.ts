/** German: who is in a call beside the lead. */

import type { attendance as en } from '../en/attendance.js';

export const attendance: { readonly [K in keyof typeof en]: string } = {
  'attend.people': 'Wer außerdem im Anruf ist',
  'attend.listen': 'Zuhören',
  'attend.whisper': '{name} zuflüstern',
  'attend.speak': 'Am Anruf teilnehmen',
  'attend.whisperTo': 'Zuflüstern',
  'attend.leave': 'Anruf verlassen',
  'attend.listenNamed': '{name} im Anruf mit {who} zuhören',
  'attend.whisperNamed': '{name} im Anruf mit {who} zuflüstern',
  'attend.speakNamed': 'Am Anruf von {name} mit {who} teilnehmen',
  'attend.waiting':
    'Dem Besucher wird gerade gezeigt, dass Sie da sind. Bis dahin hören Sie nichts, und niemand hört Sie.',
  'attend.heirYou':
    'Nehmen Sie am Anruf teil: Sie leiten das Gespräch, sobald dem Besucher gezeigt wird, dass Sie da sind.',
  'attend.heir':
    '{name} soll am Anruf teilnehmen und leitet das Gespräch, sobald das so ist. Bis dahin bleibt alles, wie es ist.',
  'attend.decline': 'Leitung ablehnen',
  'attend.takeBack': 'Übergabe zurücknehmen',
  'attend.you.speak': 'Sie sind im Anruf. Der Besucher sieht Ihren Namen.',
  'attend.you.whisper':
    'Sie hören alle, und nur das Team hört Sie. Der Besucher sieht Ihren Namen und dass Sie das tun.',
  'attend.you.listen':
    'Sie hören alle, und niemand hört Sie. Der Besucher sieht Ihren Namen und dass Sie zuhören.',
  'attend.is.speak': '{name} ist im Anruf.',
  'attend.is.whisper': '{name} hört zu und spricht nur mit dem Team. Der Besucher sieht das.',
  'attend.is.listen': '{name} hört zu. Der Besucher sieht das.',
  'attend.picture': 'Bild von {name}',
  'metadata.callPresence': 'Im Anruf',
  'fact.mode': 'Auf welche Weise',
  'fact.mode.speak': 'von allen gehört',
  'fact.mode.whisper': 'nur vom Team gehört',
  'fact.mode.listen': 'hörte zu',
};
