/** German: several agents. */

import type { agents as en } from './en-agents.js';

export const agents: { readonly [K in keyof typeof en]: string } = {
  'agents.with': 'Sie sprechen mit {agents}',
  'agents.list': 'Wer für Sie da ist',
  'agents.people': '{n} Personen',
  'agents.peopleLong': 'Wer diese Seite sieht: {n} Personen',
  'agents.more': '{n} weitere',
  'agents.lead': 'leitet das Gespräch',
  'agents.supervisor': 'Aufsicht',
  'agents.sees': 'sieht diese Seite',
  'agents.blind': 'sieht Ihre Seite nicht',
  'agents.away': 'Verbindung verloren',
  'agents.hide': 'Nicht mehr zeigen',
  'agents.hideFrom': 'Meine Seite {agent} nicht mehr zeigen',
  'agents.show': 'Wieder zeigen',
  'agents.showTo': 'Meine Seite {agent} wieder zeigen',
  'agents.joined': '{agent} ist dazugekommen.',
  'agents.joinedSees': '{agent} ist dazugekommen und sieht Ihre Seite ebenfalls.',
  'agents.left': '{agent} hat das Gespräch verlassen.',
  'agents.leads': '{agent} leitet jetzt das Gespräch.',
  'agents.receipt.agent': 'hat teilgenommen',
  'agents.receipt.supervisor': 'hat beaufsichtigt',
  'receipt.words': '{consent}, gefragt auf {language}, Wortlaut vom {version}',
  'receipt.scope.watch': 'Eine einzelne Person sieht die Seite',
  'watch.bannerMany': '{agents} sehen diese Seite',
  'ask.transfer.who': 'Es geht um {agent}.',
  'agents.byConsent': 'im Ausland, mit Ihrer Einwilligung',
  'agents.takeBack': 'Einwilligung zurücknehmen',
  'receipt.scope.transfer': 'Das Gespräch wird im Ausland gezeigt',
  'age.heading': 'Sind Sie {age} oder älter?',
  'age.child':
    'Unter {age} können Sie hier schreiben. Niemand bittet darum, Ihre Seite zu sehen oder zu bedienen, Sie zu hören oder zu sehen: Dem müssten Ihre Eltern zustimmen, und das geht hier nicht.',
  'age.noChildren': 'Diese Hilfe ist für Menschen ab {age} Jahren.',
  'age.kept': 'Festgehalten wird nur, dass Sie das gesagt haben, nie ein Alter.',
  'age.yes': 'Ja, ich bin {age} oder älter',
  'age.no': 'Nein, ich bin jünger',
  'age.closed':
    'Sie können hier noch nicht schreiben. Wenn Sie Hilfe brauchen, bitten Sie jemanden, der für Sie sorgt, selbst zu schreiben.',
  'ask.view.others': 'Auch andere in diesem Gespräch würden sie sehen: {agents}.',
};
