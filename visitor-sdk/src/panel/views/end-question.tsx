/** Asks before the visitor ends the conversation. */

import { unattended } from '../../embedding/page-guard.js';
import { ConfirmQuestion } from './confirm-question.js';
import { Fault } from './fault.js';
import { usePanel } from './panel-context.js';

export function EndQuestion() {
  const panel = usePanel();
  const { speech } = panel;
  return (
    <ConfirmQuestion
      id="alongside-end"
      look="screen question"
      heading={speech.say('end.heading')}
      no={speech.say('end.no')}
      yes={speech.say('end.yes')}
      busy={panel.ending.value.state === 'busy'}
      onNo={() => {
        panel.confirmsEnd.value = false;
      }}
      onYes={() => unattended(panel.end())}
    >
      <p>{speech.say('end.text')}</p>
      <Fault progress={panel.ending.value} message="end.failed" />
    </ConfirmQuestion>
  );
}
