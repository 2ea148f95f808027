/** Whether somebody from outside, who was invited into the call, is let in: until then nobody hears them or is heard. */

import type { CallPresent } from '@alongside/protocol';
import { askedIn } from '../messages/words-version.js';
import type { PanelController } from '../panel-controller.js';
import type { Question, WhyNot } from './shown-question.js';

type Asked = Pick<PanelController, 'agents' | 'speech' | 'session'>;

export function expertQuestion(panel: Asked): Question | undefined {
  const asked = panel.agents.inCall.value.find(({ noticed, expert }) => !noticed && expert !== undefined);
  return asked?.expert === undefined ? undefined : questionOf(panel, asked.presenceId, asked.expert);
}

function questionOf(
  panel: Asked,
  presenceId: string,
  { displayName: expert, organisation }: NonNullable<CallPresent['expert']>,
): Question {
  const { speech } = panel;
  const words = askedIn(speech.language);
  return {
    id: presenceId,
    icon: 'phone',
    heading: speech.say('ask.expert.heading', { expert, organisation }),
    texts: [speech.say('ask.expert.text'), speech.say('ask.expert.stop')],
    no: { label: speech.say('ask.no'), give: () => tell(panel, 'call:remove', { presenceId }) },
    yes: [
      { label: speech.say('ask.expert.yes'), give: () => tell(panel, 'call:notice', { presenceId, words }) },
    ],
  };
}

async function tell(
  { session }: Asked,
  command: 'call:remove' | 'call:notice',
  body: { readonly presenceId: string; readonly words?: ReturnType<typeof askedIn> },
): Promise<WhyNot | undefined> {
  const reply = await session.value?.command(command, body);
  return reply?.ok === true ? undefined : (reply?.refusal.code ?? 'internal');
}
