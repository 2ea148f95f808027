/** The call: asked for by either side, withdrawn, answered, and then running. */

import { holdsCalls } from '@alongside/frames';
import type { CallState } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import { Button, IconButton } from '../../parts/button.js';
import { FailureNote } from '../../parts/loaded.js';
import { useBusy } from '../../parts/use-busy.js';
import { useNow } from '../../parts/use-now.js';
import type { EngagementRoom } from '../engagement-room.js';
import { useMay } from '../use-may.js';
import { CallAttendance } from './call-attendance.js';
import { DevicesBeforeCall } from './device-trial.js';
import { RunningCall } from './running-call.js';
import { useVoiceElsewhere } from './use-voice-elsewhere.js';

export function CallPanel({ room }: { readonly room: EngagementRoom }) {
  const { t } = useMessages();
  const { call } = useStore(room.view);
  const news = useStore(room.callNews);
  const may = useMay(room);
  const { busy, failure, run, clear } = useBusy();
  const isElsewhere = useVoiceElsewhere(room);
  const wouldCall = may('call:start') || may('call:answer') || may('call:attend');
  return (
    <section className={`call call-${call.state}`} aria-label={t('call.title')}>
      {may('call:start') && holdsCalls() && !isElsewhere ? (
        <StartCall room={room} busy={busy} run={run} />
      ) : undefined}
      {wouldCall && isElsewhere ? <p className="field-hint">{t('call.elsewhere')}</p> : undefined}
      {wouldCall && !holdsCalls() ? <p className="field-hint">{t('failure.callNotSupported')}</p> : undefined}
      {call.state === 'asked' ? <AskedCall room={room} call={call} busy={busy} run={run} /> : undefined}
      {call.state === 'on' && may('call:join') ? <RunningCall room={room} call={call} /> : undefined}
      {news === undefined ? undefined : <p className="field-hint">{t(`call.news.${news}`)}</p>}
      <CallAttendance room={room} />
      {failure === undefined ? undefined : <FailureNote failure={failure} onRetry={clear} />}
    </section>
  );
}

type Run = ReturnType<typeof useBusy>['run'];

function StartCall({
  room,
  busy,
  run,
}: {
  readonly room: EngagementRoom;
  readonly busy: boolean;
  readonly run: Run;
}) {
  const { desk } = useApp();
  const { t } = useMessages();
  const { calls } = useStore(desk.status);
  const mayCall = calls.state === 'ready';
  const [tries, setTries] = useState(false);
  return (
    <>
      <div className="call-start">
        <Button
          icon="phone"
          size="small"
          busy={busy}
          disabled={!mayCall}
          title={mayCall ? undefined : t('call.notYet')}
          onClick={() => void run(() => room.call.start('voice'))}
        >
          {t('call.askVoice')}
        </Button>
        <Button
          icon="camera"
          size="small"
          tone="quiet"
          busy={busy}
          disabled={!mayCall}
          title={mayCall ? undefined : t('call.notYet')}
          onClick={() => void run(() => room.call.start('video'))}
        >
          {t('call.askVideo')}
        </Button>
        <IconButton
          icon="admin"
          size="small"
          label={t('devices.title')}
          aria-expanded={tries}
          onClick={() => {
            if (mayCall) room.call.prepare();
            setTries(!tries);
          }}
        />
      </div>
      {tries ? <DevicesBeforeCall call={room.call} /> : undefined}
    </>
  );
}

function AskedCall({
  room,
  call,
  busy,
  run,
}: {
  readonly room: EngagementRoom;
  readonly call: Extract<CallState, { state: 'asked' }>;
  readonly busy: boolean;
  readonly run: Run;
}) {
  const { desk } = useApp();
  const { t } = useMessages();
  const may = useMay(room);
  const isElsewhere = useVoiceElsewhere(room);
  const left = Math.max(0, Math.ceil((call.expiresAt - useNow(desk.clock)) / 1000));
  if (may('call:cancel')) {
    return (
      <div className="call-asked">
        <p role="status">{t(call.media === 'video' ? 'call.askedVideo' : 'call.askedVoice')}</p>
        <Button
          size="small"
          tone="quiet"
          busy={busy}
          onClick={() => void run(() => room.plain('call:cancel'))}
        >
          {t('act.cancelAsk', { seconds: left })}
        </Button>
      </div>
    );
  }
  if (!may('call:answer')) return undefined;
  const mayTalk = holdsCalls() && !isElsewhere;
  const answer = (accept: boolean, media: 'voice' | 'video'): void =>
    void run(() => room.call.answer(call.askId, { accept, media }));
  return (
    <div className="call-asked">
      <p role="alert">{t(call.media === 'video' ? 'call.visitorAsksVideo' : 'call.visitorAsksVoice')}</p>
      <div className="call-acts">
        {mayTalk ? (
          <Button size="small" tone="primary" icon="phone" busy={busy} onClick={() => answer(true, 'voice')}>
            {t('call.acceptVoice')}
          </Button>
        ) : undefined}
        {call.media === 'video' && mayTalk ? (
          <Button size="small" icon="camera" busy={busy} onClick={() => answer(true, 'video')}>
            {t('call.acceptVideo')}
          </Button>
        ) : undefined}
        <Button size="small" tone="quiet" busy={busy} onClick={() => answer(false, 'voice')}>
          {t('call.refuse')}
        </Button>
      </div>
    </div>
  );
}
