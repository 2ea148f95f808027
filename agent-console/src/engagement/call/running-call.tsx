/** A call that is on: its pictures and sound, own microphone and camera, and what is wrong with them. */

import { callRoleOf, mayGive, mayProduce } from '@alongside/engagement';
import type { CallState } from '@alongside/protocol';
import { useRef, useState } from 'react';
import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import { clockSpan } from '../../messages/formats.js';
import { useMessages } from '../../messages/use-messages.js';
import { Banner } from '../../parts/banner.js';
import { Button, IconButton } from '../../parts/button.js';
import { useNow } from '../../parts/use-now.js';
import type { EngagementRoom } from '../engagement-room.js';
import { useMay } from '../use-may.js';
import type { OwnSource } from './call-client-state.js';
import { CallTroubles } from './call-troubles.js';
import { DevicesInCall } from './device-trial.js';
import { HealthNote } from './health-note.js';
import { LayoutField } from './layout-field.js';
import { FloatButton, TrackPicture } from './media-elements.js';
import { nameInCall } from './name-in-call.js';
import { OtherScreens, OwnScreen, ScreenButton } from './screens-shown.js';
import { SealNote } from './seal-note.js';
import { SourceSwitch } from './source-switch.js';

export function RunningCall({
  room,
  call,
}: {
  readonly room: EngagementRoom;
  readonly call: Extract<CallState, { state: 'on' }>;
}) {
  const { desk } = useApp();
  const messages = useMessages();
  const { t } = messages;
  const may = useMay(room);
  const state = useStore(room.call.state);
  const now = useNow(desk.clock);
  const [picks, setPicks] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const layout = useStore(room.call.devices.layout);
  const { agents, visitor } = useStore(room.view);
  const ofVisitor = state.remote.filter(({ agentId }) => agentId === undefined);
  const picture = ofVisitor.find((track) => track.source === 'camera' && !track.muted);
  const sound = ofVisitor.find((track) => track.source === 'microphone');
  const others = state.remote.filter(({ agentId, source }) => agentId !== undefined && source === 'camera');
  const { flooded } = state;
  // Empty of nobody, and of an expert who has left.
  let who = '';
  if (flooded === 'visitor') who = visitor.name ?? t('visitor.unnamed');
  else if (flooded !== undefined) who = nameInCall({ call, agents }, flooded);
  return (
    <>
      {layout === 'voice' || (picture === undefined && state.ownPicture === undefined) ? undefined : (
        <div className="call-pictures" data-layout={layout}>
          {picture === undefined ? (
            <p className="call-no-picture">{t('call.noPicture')}</p>
          ) : (
            <>
              <TrackPicture
                track={picture.track}
                label={t('call.visitorPicture')}
                element={video}
                onShown={(shown) => room.call.showsVisitor(shown)}
              />
              <FloatButton video={video} />
            </>
          )}
          {state.ownPicture === undefined || layout === 'large' ? undefined : (
            <TrackPicture track={state.ownPicture} label={t('call.ownPicture')} own />
          )}
        </div>
      )}
      <OtherScreens room={room} call={call} />
      <OwnScreen room={room} />
      {others.map(({ producerId, agentId, muted, track }) => {
        const name = agentId === undefined ? '' : nameInCall({ call, agents }, agentId);
        return muted || layout === 'voice' ? undefined : (
          <TrackPicture key={producerId} track={track} label={t('attend.picture', { name })} />
        );
      })}
      <div className="call-bar">
        <p className="call-state" role="status">
          {t(`call.link.${state.link}`)}
          {state.link === 'joined' ? ` ${clockSpan(now - call.since)}` : ''}
          {sound?.muted === true ? ` · ${t('call.visitorMuted')}` : ''}
          {state.link === 'joined' && sound === undefined ? ` · ${t('call.visitorSilent')}` : ''}
        </p>
        <div className="call-acts">
          {state.link === 'elsewhere' ? (
            <Button size="small" onClick={() => room.call.takeHere()}>
              {t('call.takeHere')}
            </Button>
          ) : (
            <>
              <SourceButton source="microphone" own={state.microphone} room={room} />
              <SourceButton source="camera" own={state.camera} room={room} />
              <ScreenButton room={room} />
              <IconButton
                icon="admin"
                label={t('devices.title')}
                aria-expanded={picks}
                onClick={() => setPicks(!picks)}
              />
            </>
          )}
          {may('call:end') ? (
            <IconButton
              tone="danger"
              icon="phone"
              label={t('call.hangUp')}
              onClick={() => room.call.hangUp()}
            />
          ) : undefined}
        </div>
      </div>
      {state.link === 'joined' ? (
        <HealthNote call={room.call} nameOf={(agentId) => nameInCall({ call, agents }, agentId)} />
      ) : undefined}
      {state.link === 'joined' ? <SealNote call={room.call} /> : undefined}
      {picks && state.link !== 'elsewhere' ? (
        <>
          <LayoutField devices={room.call.devices} />
          <DevicesInCall call={room.call} />
          <p className="trial-hint">{t('devices.heldKey')}</p>
        </>
      ) : undefined}
      <CallTroubles call={room.call} />
      {who === '' ? undefined : (
        <Banner tone="warn" role="alert">
          {t('call.flooded', { who })}
        </Banner>
      )}
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
  const { desk } = useApp();
  const view = useStore(room.view);
  if (!mayProduce('agent', source, view) || !mayGive(callRoleOf(desk.me, view), source)) return undefined;
  return <SourceSwitch call={room.call} source={source} own={own} />;
}
