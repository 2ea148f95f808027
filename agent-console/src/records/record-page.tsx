/** Everything that is held of one engagement, each row with the basis on which it may be where it is. */

import type { EngagementRecord } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import { clockSpan } from '../messages/formats.js';
import { useMessages } from '../messages/use-messages.js';
import { Badge, Banner } from '../parts/banner.js';
import { Link } from '../parts/link.js';
import { Loaded } from '../parts/loaded.js';
import { Card, Page } from '../parts/page.js';
import { useLoaded } from '../parts/use-loaded.js';
import { LiftRestriction } from '../rights/lift-restriction.js';
import { PlaceHold } from '../rights/place-hold.js';
import { BasisNote } from './basis-note.js';
import { FactsTable } from './facts-table.js';
import { IntroductionShown } from './introduction-shown.js';
import { SurveyAnswersShown } from './survey-answers-shown.js';

export function RecordPage({ id }: { readonly id: string }) {
  const { api, me } = useApp();
  const { t } = useMessages();
  const record = useLoaded(id, () => api.get<EngagementRecord>(`/engagements/${encodeURIComponent(id)}`));
  return (
    <Page
      title={t('record.title')}
      actions={me.roles.includes('officer') ? <PlaceHold engagementId={id} /> : undefined}
      lead={
        <Link to={{ screen: 'records' }} className="back">
          {t('records.title')}
        </Link>
      }
    >
      <Loaded from={record}>{(value) => <RecordShown record={value} onFreed={record.reload} />}</Loaded>
    </Page>
  );
}

function RecordShown({
  record,
  onFreed,
}: {
  readonly record: EngagementRecord;
  readonly onFreed: () => void;
}) {
  const { t, date } = useMessages();
  return (
    <div className="record">
      <Facts record={record} />
      {record.heldBy === undefined ? undefined : (
        <Banner>{t('record.heldBy', { holder: record.heldBy })}</Banner>
      )}
      {record.restrictedAt === undefined ? undefined : (
        <Banner tone="warn" action={<LiftRestriction engagementId={record.engagementId} onFreed={onFreed} />}>
          {t('record.restricted', { since: date(record.restrictedAt) })}
        </Banner>
      )}
      {record.erased ? <Banner tone="warn">{t('record.erased')}</Banner> : undefined}
      <Card title={t('record.transcript')} aside={<Kept until={date(record.keptUntil.transcript)} />}>
        <IntroductionShown introduction={record.introduction} />
        <Transcript record={record} />
      </Card>
      <Card title={t('record.survey')} aside={<Kept until={date(record.keptUntil.survey)} />}>
        {record.survey === undefined ? (
          <p>{t('record.noSurvey')}</p>
        ) : record.survey.held ? (
          <p>{t('record.surveyHeld')}</p>
        ) : (
          <SurveyAnswersShown survey={record.survey} />
        )}
      </Card>
      <Card title={t('record.metadata')} aside={<Kept until={date(record.keptUntil.metadata)} />}>
        <FactsTable record={record} />
      </Card>
      <p className="record-nothing">{t('record.nothingElse')}</p>
    </div>
  );
}

function Kept({ until }: { readonly until: string }) {
  const { t } = useMessages();
  return <span className="kept">{t('record.keptUntil', { until })}</span>;
}

function Facts({ record }: { readonly record: EngagementRecord }) {
  const { t, dateTime } = useMessages();
  return (
    <dl className="facts">
      <div>
        <dt>{t('records.column.visitor')}</dt>
        <dd dir="auto">{record.visitorName ?? t('visitor.unnamed')}</dd>
      </div>
      <div>
        <dt>{t('records.column.site')}</dt>
        <dd>{record.siteName}</dd>
      </div>
      <div>
        <dt>{t('records.column.agent')}</dt>
        <dd>{record.agentName ?? '–'}</dd>
      </div>
      <div>
        <dt>{t('records.column.when')}</dt>
        <dd>{dateTime(record.requestedAt)}</dd>
      </div>
      <div>
        <dt>{t('record.length')}</dt>
        <dd>{lengthOf(record) ?? t('record.running')}</dd>
      </div>
      <div>
        <dt>{t('records.column.phase')}</dt>
        <dd>
          <Badge tone="quiet">{t(`phase.${record.phase}`)}</Badge>
        </dd>
      </div>
    </dl>
  );
}

/** Once its technical facts are purged, how long it took is not known any more. */
function lengthOf({ requestedAt, endedAt, metadata }: EngagementRecord): string | undefined {
  if (metadata.length === 0) return '–';
  return endedAt === undefined ? undefined : clockSpan(endedAt - requestedAt);
}

function Transcript({ record }: { readonly record: EngagementRecord }) {
  const { t, dateTime } = useMessages();
  if (record.transcript.length === 0) return <p>{t('record.noTranscript')}</p>;
  return (
    <ol className="transcript">
      {record.transcript.map((line) => (
        <li key={line.number} className={`line line-${line.from}`}>
          <p className="line-head">
            <span className="line-name">{line.senderName ?? t(`party.${line.from}`)}</span>
            <time dateTime={new Date(line.at).toISOString()}>{dateTime(line.at)}</time>
            <span className="line-number">{line.number}</span>
          </p>
          <p className="line-text" dir="auto">
            {line.held ? t('chat.held') : line.text}
          </p>
          <BasisNote basis={line.basis} />
        </li>
      ))}
    </ol>
  );
}
