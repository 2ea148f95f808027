/** The queue: who waits, for how long and about what; whoever is first to accept has them. */

import type { QueueEntry } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import type { Failure } from '../app/failure.js';
import { go } from '../app/router.js';
import { useStore } from '../app/store.js';
import { isBeingAsked } from '../live/desk.js';
import { failureText } from '../messages/failure-text.js';
import { clockSpan } from '../messages/formats.js';
import { useMessages } from '../messages/use-messages.js';
import { LONG_WAIT_MS, waitingTime } from '../messages/waiting-time.js';
import { announce } from '../parts/announcer.js';
import { Badge, Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { Skeleton } from '../parts/loaded.js';
import { Empty, Page } from '../parts/page.js';
import { useNow } from '../parts/use-now.js';
import { AskingNote } from './asking-note.js';
import { Colleagues } from './colleagues.js';
import { Running } from './running.js';

export function QueuePage() {
  const { desk } = useApp();
  const messages = useMessages();
  const { t, plural } = messages;
  const { queue } = useStore(desk.view);
  const isFilled = useStore(desk.filled);
  const available = useStore(desk.available);
  const [failure, setFailure] = useState<Failure>();
  const intro = queue.length === 0 ? t('queue.intro') : plural('queue.waiting', queue.length);
  return (
    <Page title={t('queue.title')} intro={isFilled ? intro : undefined}>
      {failure === undefined ? undefined : (
        <Banner
          tone={failure.code === 'alreadyTaken' ? 'info' : 'bad'}
          role="alert"
          action={
            <Button size="small" tone="quiet" onClick={() => setFailure(undefined)}>
              {t('act.dismiss')}
            </Button>
          }
        >
          {failure.code === 'alreadyTaken' ? t('queue.taken') : failureText(failure, messages)}
        </Banner>
      )}
      <AskingNote />
      {isFilled && !available && queue.length > 0 ? <Banner>{t('queue.notAvailable')}</Banner> : undefined}
      {isFilled ? undefined : <Skeleton />}
      {isFilled && queue.length === 0 ? (
        <Empty
          title={t('queue.empty')}
          action={
            available ? undefined : (
              <Button tone="primary" onClick={() => void desk.setAvailable(true)}>
                {t('queue.goAvailable')}
              </Button>
            )
          }
        >
          {available ? t('queue.emptyAvailable') : t('queue.emptyAway')}
        </Empty>
      ) : undefined}
      {queue.length === 0 ? undefined : (
        <ol className="queue" aria-label={t('queue.title')}>
          {[...queue]
            .sort((a, b) => a.requestedAt - b.requestedAt)
            .map((entry) => (
              <QueueRow key={entry.engagementId} entry={entry} onFailure={setFailure} />
            ))}
        </ol>
      )}
      <Running />
      <Colleagues />
    </Page>
  );
}

function QueueRow({
  entry,
  onFailure,
}: {
  readonly entry: QueueEntry;
  readonly onFailure: (failure: Failure | undefined) => void;
}) {
  const { desk } = useApp();
  const messages = useMessages();
  const { t } = messages;
  const now = useNow(desk.clock);
  const [busy, setBusy] = useState(false);
  const waitedMs = now - entry.requestedAt;
  const isLong = waitedMs > LONG_WAIT_MS;
  const accept = async (): Promise<void> => {
    setBusy(true);
    onFailure(undefined);
    const accepted = await desk.accept(entry.engagementId);
    if (accepted.ok) {
      announce(t('queue.accepted'));
      go({ screen: 'engagement', id: entry.engagementId });
      return;
    }
    setBusy(false);
    onFailure(isBeingAsked(accepted.failure) ? undefined : accepted.failure);
  };
  const who = entry.visitorName ?? t('visitor.unnamed');
  return (
    <li className={isLong ? 'queue-row queue-row-long' : 'queue-row'}>
      <div className="queue-what">
        <p className="queue-topic" dir="auto">
          {entry.topic ?? t('queue.noTopic')}
        </p>
        <p className="queue-who">
          <bdi>{who}</bdi> <span aria-hidden="true">·</span> {entry.siteName}
        </p>
      </div>
      <div className="queue-facts">
        <Badge tone="quiet">{messages.named(`language.${entry.language}`, entry.language)}</Badge>
        {entry.visitorConnected ? undefined : <Badge tone="warn">{t('presence.away')}</Badge>}
      </div>
      <div className="queue-time">
        <span className="visually-hidden">{waitingTime(waitedMs, messages)}</span>
        <time className="queue-clock" aria-hidden="true">
          {clockSpan(waitedMs)}
        </time>
      </div>
      <Button
        tone="primary"
        busy={busy}
        onClick={() => void accept()}
        aria-label={t('queue.acceptNamed', { who })}
      >
        {t('queue.accept')}
      </Button>
    </li>
  );
}
