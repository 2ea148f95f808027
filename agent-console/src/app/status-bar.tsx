/** Tells how the service stands, as long as it does not stand well. */

import { ReviewAlarm } from '../admin/review-alarm.js';
import { failureText } from '../messages/failure-text.js';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { IconButton } from '../parts/button.js';
import { useApp } from './app-context.js';
import { useStore } from './store.js';
import { useLinkLost } from './use-link-lost.js';

export function StatusBar({ isAtDesk }: { readonly isAtDesk: boolean }) {
  const { desk, me } = useApp();
  const messages = useMessages();
  const { t } = messages;
  const link = useStore(desk.live.state);
  const status = useStore(desk.status);
  const isLost = useLinkLost();
  return (
    <div className="status-bar" aria-live="polite">
      <NotSignedOutBanner />
      {isAtDesk && isLost ? <Banner tone="warn">{t('status.offline')}</Banner> : undefined}
      {link.state === 'refused' ? (
        <Banner tone="bad">{failureText(link.failure, messages)}</Banner>
      ) : undefined}
      {isAtDesk && status.storage === 'down' ? (
        <Banner tone="warn">{t('status.storageDown')}</Banner>
      ) : undefined}
      {isAtDesk ? <CallsBanner /> : undefined}
      {me.roles.includes('officer') ? <ReviewAlarm /> : undefined}
    </div>
  );
}

function NotSignedOutBanner() {
  const { session } = useApp();
  const messages = useMessages();
  const { t } = messages;
  const failure = useStore(session.notSignedOut);
  if (failure === undefined) return undefined;
  return (
    <Banner
      tone="bad"
      role="alert"
      action={
        <IconButton icon="close" label={t('act.dismiss')} onClick={() => session.dismissNotSignedOut()} />
      }
    >
      {t('status.notSignedOut')} {failureText(failure, messages)}
    </Banner>
  );
}

function CallsBanner() {
  const { desk } = useApp();
  const { t } = useMessages();
  const { calls } = useStore(desk.status);
  if (calls.state === 'ready') return undefined;
  if (calls.state === 'unavailable') {
    const remedy = calls.remedy === undefined ? '' : ` ${t('status.callsRemedy', { remedy: calls.remedy })}`;
    return (
      <Banner tone="info">
        {t('status.callsOff')}
        {remedy}
      </Banner>
    );
  }
  if (calls.state === 'paused') return <Banner tone="warn">{t('status.callsPaused')}</Banner>;
  const { done, total } = calls;
  const isCounted = done !== undefined && total !== undefined;
  return (
    <Banner tone="info">
      {isCounted ? t('status.callsBuildingCount', { done, total }) : t('status.callsBuilding')}
      {isCounted ? (
        <progress
          className="status-progress"
          max={total}
          value={done}
          aria-label={t('status.callsProgress')}
        />
      ) : undefined}
    </Banner>
  );
}
