/** How the call fares, in one line: how good the connection is, and who speaks. */

import type { CallGrade } from '@alongside/engagement';
import { usePanel } from './panel-context.js';

const bars = { good: 3, fair: 2, poor: 1 } as const satisfies Record<CallGrade, number>;

export function CallLine() {
  const { speech, call, agents, agentName } = usePanel();
  const { grade } = call.health.quality.value;
  const rests = call.health.ration.value === 'none';
  return (
    <div class="call-line">
      {grade === undefined ? null : (
        <p class="quality" data-grade={grade}>
          <span class="bars" aria-hidden="true">
            {[1, 2, 3].map((bar) => (
              <i key={bar} data-lit={bar <= bars[grade]} />
            ))}
          </span>
          {speech.say(`quality.${grade}`)}
        </p>
      )}
      <p class="speaks" aria-live="off">
        {call.health.speakers.value
          .map((agentId) => speech.say('call.speaks', { agent: agents.nameOf(agentId) }))
          .join(' · ')}
      </p>
      {call.own.camera.value === 'on' && (rests || grade === 'poor') ? (
        <p class="advice" role="status">
          {speech.say(rests ? 'quality.rests' : 'quality.advice')}
        </p>
      ) : null}
      {call.health.isStill.value ? (
        <p class="advice" role="status">
          {speech.say('quality.still', { agent: agentName.value })}
        </p>
      ) : null}
    </div>
  );
}
