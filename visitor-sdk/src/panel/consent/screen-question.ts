/** Asked before the visitor shows their page in a call, and a second time before anything that cannot be covered. */

import type { PanelController } from '../panel-controller.js';
import type { Question } from './shown-question.js';

export function screenQuestion(panel: PanelController): Question | undefined {
  const { speech, together, agentName } = panel;
  const screen = together.part.value?.call.screen;
  const asked = screen?.asked.value;
  if (screen === undefined || asked === undefined) return undefined;
  const agent = agentName.value;
  const asking = (wish: 'tab' | 'any' | undefined) => async (): Promise<undefined> => {
    screen.asked.value = wish;
  };
  const no = { label: speech.say('ask.no'), give: asking(undefined) };
  if (asked === 'any') {
    return {
      id: 'screen any',
      icon: 'eye',
      heading: speech.say('ask.screenAny.heading', { agent }),
      texts: [speech.say('ask.screenAny.text', { agent }), speech.say('ask.screenAny.others', { agent })],
      no,
      yes: [{ label: speech.say('ask.screenAny.yes'), give: () => screen.give('any') }],
    };
  }
  const call = panel.engagement.value?.call;
  const offersAny = call?.state === 'on' && call.screens === 'any';
  const more = { label: speech.say('ask.screen.more'), give: asking('any') };
  return {
    id: 'screen tab',
    icon: 'eye',
    heading: speech.say('ask.screen.heading', { agent }),
    texts: [speech.say('ask.screen.text', { agent }), speech.say('ask.screen.stop')],
    no,
    yes: [
      { label: speech.say('ask.screen.yes'), give: () => screen.give('tab') },
      ...(offersAny ? [more] : []),
    ],
  };
}
