/** One line that says what does not work right now, and that it will by itself. */

import type { MessageKey } from '../messages/catalogue.js';
import { Icon } from './icons.js';
import { usePanel } from './panel-context.js';

export function StateStrip() {
  const panel = usePanel();
  const session = panel.session.value;
  if (session === undefined || panel.ended.value !== undefined) return null;
  const key = stateKey(session.connection.value, session.storage.value, session.delayed.value);
  if (key === undefined) return panel.together.failed.value ? <MissingStrip /> : null;
  return (
    <p class="strip" role="status" data-state={key}>
      <Icon name="warning" />
      {panel.speech.say(key)}
    </p>
  );
}

/** What is done together with an agent did not load; it is tried again whenever it is needed, or by a press. */
function MissingStrip() {
  const { speech, together } = usePanel();
  return (
    <p class="strip" role="status" data-state="part.failed">
      <Icon name="warning" />
      {speech.say('part.failed')}{' '}
      <button type="button" class="link" onClick={() => together.load()}>
        {speech.say('part.retry')}
      </button>
    </p>
  );
}

function stateKey(connection: string, storage: string, delayed: boolean): MessageKey | undefined {
  if (connection === 'tooOld') return 'state.tooOld';
  if (connection === 'offline') return 'state.offline';
  if (connection === 'connecting') return 'state.connecting';
  if (storage === 'down') return 'state.storageDown';
  return delayed ? 'state.delayed' : undefined;
}
