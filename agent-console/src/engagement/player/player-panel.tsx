/** The visitor's page, or why it is not there: not shared, asked for, refused, paused, or on its way. */

import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import { Banner } from '../../parts/banner.js';
import { Button } from '../../parts/button.js';
import { FailureNote } from '../../parts/loaded.js';
import { useBusy } from '../../parts/use-busy.js';
import { useNow } from '../../parts/use-now.js';
import type { EngagementRoom } from '../engagement-room.js';
import { useMay } from '../use-may.js';
import { LivePlayer } from './live-player.js';
import { TimeToReturn } from './time-to-return.js';

export function PlayerPanel({ room }: { readonly room: EngagementRoom }) {
  const { desk } = useApp();
  const { view, agents } = useStore(room.view);
  const me = agents.find(({ agentId }) => agentId === desk.me);
  if (view.state === 'on' && me !== undefined && (me.hidden || !me.noticed)) {
    return <NotShown isHidden={me.hidden} />;
  }
  if (view.state === 'on') return <LivePlayer key={view.entry} room={room} paused={view.paused} />;
  return <NotShared room={room} />;
}

/** The page is shown to others, and not to this one: not yet, or not any more. */
function NotShown({ isHidden }: { readonly isHidden: boolean }) {
  const { t } = useMessages();
  const why = isHidden ? 'pageHidden' : 'pageSoon';
  return (
    <div className="not-shared" role="status" data-testid="not-shown">
      <span className="not-shared-sign" aria-hidden="true" />
      <h2>{t(`agents.${why}`)}</h2>
      <p>{t(`agents.${why}Text`)}</p>
    </div>
  );
}

function NotShared({ room }: { readonly room: EngagementRoom }) {
  const { desk } = useApp();
  const { t } = useMessages();
  const { view, visitor, agents } = useStore(room.view);
  const asker = view.state === 'asked' ? view.agentId : undefined;
  const other = agents.find(({ agentId }) => agentId === asker && agentId !== desk.me);
  const isSupervisor = agents.some(({ agentId, role }) => agentId === desk.me && role === 'supervisor');
  const since = useStore(room.trip.since);
  const status = useStore(desk.status);
  const { busy, failure, run } = useBusy();
  const may = useMay(room);
  const now = useNow(desk.clock);
  const news = useStore(room.news);
  const isAsked = view.state === 'asked';
  const left = isAsked ? Math.max(0, Math.ceil((view.expiresAt - now) / 1000)) : 0;
  return (
    <div className="not-shared">
      <span className={isAsked ? 'not-shared-sign not-shared-asked' : 'not-shared-sign'} aria-hidden="true" />
      <h2>{t(isAsked ? 'player.asked' : 'player.notShared')}</h2>
      <p>{t(isAsked ? 'player.askedText' : 'player.notSharedText')}</p>
      {other === undefined ? undefined : <Banner>{t('agents.asksView', { name: other.displayName })}</Banner>}
      {isSupervisor ? <Banner>{t('agents.supervises')}</Banner> : undefined}
      {!isAsked && since === undefined && news !== undefined ? (
        <Banner>{t(`news.${news.kind}`)}</Banner>
      ) : undefined}
      {since !== undefined ? (
        <Banner tone="warn">
          {t('player.elsewhere')} <TimeToReturn since={since} />
        </Banner>
      ) : !isAsked && !visitor.connected ? (
        <Banner tone="warn">{t('player.visitorAway')}</Banner>
      ) : undefined}
      {status.storage === 'down' ? <Banner tone="warn">{t('player.storageDown')}</Banner> : undefined}
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      {may('view:cancel') ? (
        <Button busy={busy} onClick={() => void run(() => room.plain('view:cancel'))}>
          {t('act.cancelAsk', { seconds: left })}
        </Button>
      ) : undefined}
      {since === undefined && may('view:ask') ? (
        <Button tone="primary" icon="eye" busy={busy} onClick={() => void run(() => room.askView())}>
          {t('player.ask')}
        </Button>
      ) : undefined}
    </div>
  );
}
