/** Tells how the service stands, as long as it does not stand well. */

import { useEffect, useState } from 'react';
import { failureText } from '../messages/failure-text.js';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { useApp } from './app-context.js';
import { useStore } from './store.js';

/** A connection that is lost for a blink is nobody's business. */
const PATIENCE_MS = 1200;

export function StatusBar({ isAtDesk }: { readonly isAtDesk: boolean }) {
  const { desk } = useApp();
  const messages = useMessages();
  const { t } = messages;
  const link = useStore(desk.live.state);
  const status = useStore(desk.status);
  const isLost = useLasting(isAtDesk && (link.state === 'lost' || link.state === 'connecting'), PATIENCE_MS);
  return (
    <div className="status-bar" aria-live="polite">
      {isLost ? <Banner tone="warn">{t('status.offline')}</Banner> : undefined}
      {link.state === 'refused' ? (
        <Banner tone="bad">{failureText(link.failure, messages)}</Banner>
      ) : undefined}
      {isAtDesk && status.storage === 'down' ? (
        <Banner tone="warn">{t('status.storageDown')}</Banner>
      ) : undefined}
      {isAtDesk ? <CallsBanner /> : undefined}
    </div>
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

function useLasting(is: boolean, ms: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    setLasts(false);
    if (!is) return;
    const timer = setTimeout(() => setLasts(true), ms);
    return () => clearTimeout(timer);
  }, [is, ms]);
  return is && lasts;
}
