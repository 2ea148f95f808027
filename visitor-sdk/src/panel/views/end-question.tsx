/** Asks before the visitor ends the conversation. */

import { Fault } from './fault.js';
import { usePanel } from './panel-context.js';

export function EndQuestion() {
  const panel = usePanel();
  const { speech } = panel;
  const busy = panel.ending.value.state === 'busy';
  return (
    <section class="screen question" aria-labelledby="alongside-end">
      <h3 id="alongside-end">{speech.say('end.heading')}</h3>
      <p>{speech.say('end.text')}</p>
      <Fault progress={panel.ending.value} message="end.failed" />
      <div class="answers">
        <button
          type="button"
          class="secondary"
          onClick={() => {
            panel.confirmsEnd.value = false;
          }}
        >
          {speech.say('end.no')}
        </button>
        <button
          type="button"
          class="secondary"
          disabled={busy}
          onClick={() => {
            panel.end().catch(() => undefined);
          }}
        >
          {speech.say('end.yes')}
        </button>
      </div>
    </section>
  );
}
