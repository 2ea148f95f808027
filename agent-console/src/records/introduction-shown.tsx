/** Name and topic that a visitor gave, and whom the customer says they have signed in, with the basis of keeping them. */

import type { EngagementRecord } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { BasisNote } from './basis-note.js';

export function IntroductionShown({ introduction }: Pick<EngagementRecord, 'introduction'>) {
  const { t } = useMessages();
  if (introduction === undefined) return undefined;
  const { visitorName, topic, confirmedAs, basis } = introduction;
  return (
    <section className="introduction" aria-label={t('record.introduction')}>
      <dl className="facts">
        {visitorName === undefined ? undefined : (
          <div>
            <dt>{t('records.column.visitor')}</dt>
            <dd dir="auto">{visitorName}</dd>
          </div>
        )}
        {topic === undefined ? undefined : (
          <div>
            <dt>{t('record.topic')}</dt>
            <dd dir="auto">{topic}</dd>
          </div>
        )}
        {confirmedAs === undefined ? undefined : (
          <div>
            <dt>{t('record.confirmedAs')}</dt>
            <dd dir="auto">{confirmedAs}</dd>
          </div>
        )}
      </dl>
      <BasisNote basis={basis} />
    </section>
  );
}
