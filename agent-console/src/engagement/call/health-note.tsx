/** How good each side's connection is, and for the worse one why and what to do; and who speaks. */

import type { CallGrade } from '@alongside/engagement';
import type { AgentId } from '@alongside/protocol';
import { useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import type { CallClient } from './call-client.js';
import { callHealth } from './call-health.js';

const bars = { good: 3, fair: 2, poor: 1 } as const satisfies Record<CallGrade, number>;

export function HealthNote({
  call,
  nameOf,
}: {
  readonly call: CallClient;
  readonly nameOf: (agentId: AgentId) => string;
}) {
  const { t } = useMessages();
  const { ours, theirs, speakers, ration, isStill, camera } = useStore(call.state);
  const sides = callHealth({ ours, theirs });
  const [worst] = sides;
  return (
    <div className="health">
      {sides.map(({ side, grade }) => (
        <p key={side} className={`health-side health-${grade}`} data-side={side} data-grade={grade}>
          <span className="health-bars" aria-hidden="true">
            {[1, 2, 3].map((bar) => (
              <i key={bar} data-lit={bar <= bars[grade]} />
            ))}
          </span>
          {t(`health.${side}.${grade}`)}
        </p>
      ))}
      <p className="health-speaks" aria-live="off">
        {speakers
          .map((id) => (id === undefined ? t('call.visitorSpeaks') : t('call.speaks', { name: nameOf(id) })))
          .join(' · ')}
      </p>
      <p className="health-cause" role="status">
        {worst?.cause === undefined ? '' : t(`health.${worst.side}.${worst.cause}`, { value: worst.value })}
      </p>
      {isStill ? (
        <p className="health-picture" role="status">
          {t('call.pictureStill')}
        </p>
      ) : undefined}
      {ration === 'none' && camera.state === 'on' ? (
        <p className="health-picture" role="status">
          {t('call.ownPictureRests')}
        </p>
      ) : undefined}
    </div>
  );
}
