/** One line that says what does not work right now, and that it will by itself. */

import type { MessageKey } from '../messages/catalogue.js';
import { Icon } from './icons.js';
import { usePanel } from './panel-context.js';

export function StateStrip() {
  const panel = usePanel();
  const session = panel.session.value;
  if (session === undefined || panel.ended.value !== undefined) return null;
  const key = stateKey(session.connection.value, session.storage.value, session.delayed.value);
  if (key === undefined) return null;
  return (
    <p class="strip" role="status" data-state={key}>
      <Icon name="warning" />
      {panel.speech.say(key)}
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
