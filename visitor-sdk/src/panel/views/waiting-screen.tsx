/** While nobody has answered yet: how long it has been, what was written, and the way out. */

import { clockFace } from '../messages/speech.js';
import { ChatLines } from './chat-lines.js';
import { Composer } from './composer.js';
import { Fault } from './fault.js';
import { usePanel } from './panel-context.js';
import { useClock } from './use-clock.js';

export function WaitingScreen() {
  const panel = usePanel();
  const { speech } = panel;
  if (panel.screen.value === 'joining') {
    return (
      <div class="screen centre" aria-busy="true">
        <span class="spinner" />
        <p>{speech.say('waiting.joining')}</p>
      </div>
    );
  }
  return (
    <div class="screen talk">
      <section class="waiting">
        <span class="pulse" aria-hidden="true" />
        <div>
          <h3>{speech.say('waiting.heading')}</h3>
          <p>{speech.say('waiting.text')}</p>
          <WaitingTime />
          {panel.may('engagement:end') ? (
            <button
              type="button"
              class="secondary"
              disabled={panel.ending.value.state === 'busy'}
              onClick={() => leave(panel)}
            >
              {speech.say('waiting.leave')}
            </button>
          ) : null}
          <Fault progress={panel.ending.value} message="end.failed" />
        </div>
      </section>
      <ChatLines />
      <Composer />
    </div>
  );
}

function leave(panel: ReturnType<typeof usePanel>): void {
  panel.end().catch(() => undefined);
}

function WaitingTime() {
  const { speech, engagement, session } = usePanel();
  const now = useClock();
  const since = engagement.value?.requestedAt;
  const skewMs = session.value?.skewMs.value ?? 0;
  if (since === undefined) return null;
  return <p class="quiet">{speech.say('waiting.since', { time: clockFace(now + skewMs - since) })}</p>;
}
