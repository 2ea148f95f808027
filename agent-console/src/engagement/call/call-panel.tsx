/** The call: asked for, answered, joined; own microphone and camera, and what is wrong with them. */

import type { CallState } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import { failureText } from '../../messages/failure-text.js';
import { clockSpan } from '../../messages/formats.js';
import { useMessages } from '../../messages/use-messages.js';
import { Banner } from '../../parts/banner.js';
import { Button, IconButton } from '../../parts/button.js';
import { FailureNote } from '../../parts/loaded.js';
import { useBusy } from '../../parts/use-busy.js';
import { useNow } from '../../parts/use-now.js';
import type { EngagementRoom } from '../engagement-room.js';
import type { OwnSource } from './call-client-state.js';
import { RemoteSound, TrackPicture } from './media-elements.js';

export function CallPanel({ room }: { readonly room: EngagementRoom }) {
  const { t } = useMessages();
  const { call } = useStore(room.view);
  const { busy, failure, run, clear } = useBusy();
  return (
    <section className={`call call-${call.state}`} aria-label={t('call.title')}>
      {call.state === 'off' ? <StartCall room={room} busy={busy} run={run} /> : undefined}
      {call.state === 'asked' ? <AskedCall room={room} call={call} busy={busy} run={run} /> : undefined}
      {call.state === 'on' ? <RunningCall room={room} call={call} /> : undefined}
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
  return (
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
    </div>
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
  const left = Math.max(0, Math.ceil((call.expiresAt - useNow(desk.clock)) / 1000));
  if (call.by === 'agent') {
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
  const answer = (accept: boolean, media: 'voice' | 'video'): void =>
    void run(() => room.call.answer(call.askId, { accept, media }));
  return (
    <div className="call-asked">
      <p role="alert">{t(call.media === 'video' ? 'call.visitorAsksVideo' : 'call.visitorAsksVoice')}</p>
      <div className="call-acts">
        <Button size="small" tone="primary" icon="phone" busy={busy} onClick={() => answer(true, 'voice')}>
          {t('call.acceptVoice')}
        </Button>
        {call.media === 'video' ? (
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

function RunningCall({
  room,
  call,
}: {
  readonly room: EngagementRoom;
  readonly call: Extract<CallState, { state: 'on' }>;
}) {
  const { desk } = useApp();
  const messages = useMessages();
  const { t } = messages;
  const state = useStore(room.call.state);
  const now = useNow(desk.clock);
  const [ending, setEnding] = useState(false);
  const picture = state.remote.find((track) => track.source === 'camera' && !track.muted);
  const sound = state.remote.find((track) => track.source === 'microphone');
  const hangUp = async (): Promise<void> => {
    setEnding(true);
    await room.plain('call:end');
    setEnding(false);
  };
  return (
    <>
      {picture === undefined && state.ownPicture === undefined ? undefined : (
        <div className="call-pictures">
          {picture === undefined ? (
            <p className="call-no-picture">{t('call.noPicture')}</p>
          ) : (
            <TrackPicture track={picture.track} label={t('call.visitorPicture')} />
          )}
          {state.ownPicture === undefined ? undefined : (
            <TrackPicture track={state.ownPicture} label={t('call.ownPicture')} own />
          )}
        </div>
      )}
      {sound === undefined ? undefined : <RemoteSound track={sound.track} />}
      <div className="call-bar">
        <p className="call-state" role="status">
          {t(`call.link.${state.link}`)}
          {state.link === 'joined' ? ` ${clockSpan(now - call.since)}` : ''}
          {sound?.muted === true ? ` · ${t('call.visitorMuted')}` : ''}
          {state.link === 'joined' && sound === undefined ? ` · ${t('call.visitorSilent')}` : ''}
        </p>
        <div className="call-acts">
          <SourceButton source="microphone" own={state.microphone} room={room} />
          <SourceButton source="camera" own={state.camera} room={room} />
          <IconButton
            tone="danger"
            icon="phone"
            label={t('call.hangUp')}
            busy={ending}
            onClick={() => void hangUp()}
          />
        </div>
      </div>
      <DeviceNote own={state.microphone} source="microphone" />
      <DeviceNote own={state.camera} source="camera" />
      {state.link === 'failed' ? (
        <Banner
          tone="bad"
          action={
            <Button size="small" onClick={() => room.call.retry()}>
              {t('act.tryAgain')}
            </Button>
          }
        >
          {state.failure === undefined ? t('call.failed') : failureText(state.failure, messages)}
        </Banner>
      ) : undefined}
    </>
  );
}

function SourceButton({
  source,
  own,
  room,
}: {
  readonly source: 'microphone' | 'camera';
  readonly own: OwnSource;
  readonly room: EngagementRoom;
}) {
  const { t } = useMessages();
  const isOn = own.state === 'on';
  const icons = { microphone: isOn ? 'mic' : 'micOff', camera: isOn ? 'camera' : 'cameraOff' } as const;
  return (
    <IconButton
      icon={icons[source]}
      tone={isOn ? 'plain' : 'quiet'}
      aria-pressed={isOn}
      busy={own.state === 'starting'}
      label={t(`call.${source}.${isOn ? 'off' : 'on'}`)}
      onClick={() => void room.call.toggle(source)}
    />
  );
}

function DeviceNote({ own, source }: { readonly own: OwnSource; readonly source: 'microphone' | 'camera' }) {
  const { t } = useMessages();
  if (own.trouble === undefined) return undefined;
  return (
    <Banner tone="warn" role="alert">
      {t(`call.${source}.${own.trouble}`)} {t('call.goesOn')}
    </Banner>
  );
}
