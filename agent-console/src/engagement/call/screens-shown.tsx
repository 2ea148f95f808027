/** Screens in a call: the visitor's, and the agent's own while it is shown. Both stand beside the page, never over it. */

import { callRoleOf, mayGive, mayProduce, mayShow } from '@alongside/engagement';
import type { CallState } from '@alongside/protocol';
import { useRef } from 'react';
import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import { Banner } from '../../parts/banner.js';
import { Button, IconButton } from '../../parts/button.js';
import type { EngagementRoom } from '../engagement-room.js';
import type { RemoteTrack } from './call-client-state.js';
import { FloatButton, TrackPicture } from './media-elements.js';

type Calling = Extract<CallState, { state: 'on' }>;

/** The visitor's, and those of colleagues in the call. */
export function OtherScreens({ room, call }: { readonly room: EngagementRoom; readonly call: Calling }) {
  const { t } = useMessages();
  const { remote } = useStore(room.call.state);
  const { agents } = useStore(room.view);
  const labelOf = ({ agentId }: RemoteTrack): string => {
    if (agentId === undefined) return t(`screen.visitor.${call.visitorScreen ?? 'screen'}`);
    const name = agents.find((each) => each.agentId === agentId)?.displayName ?? '';
    return t('screen.colleague', { name });
  };
  return remote
    .filter(({ source }) => source === 'screen')
    .map((shown) => <ShownScreen key={shown.producerId} shown={shown} label={labelOf(shown)} />);
}

function ShownScreen({ shown, label }: { readonly shown: RemoteTrack; readonly label: string }) {
  const { t } = useMessages();
  const video = useRef<HTMLVideoElement>(null);
  return (
    <figure className="call-screen">
      <div className="call-pictures">
        <TrackPicture track={shown.track} label={label} element={video} />
        {document.fullscreenEnabled ? (
          <IconButton
            className="picture-enlarge"
            icon="highlight"
            size="small"
            label={t('screen.enlarge')}
            onClick={() => void video.current?.requestFullscreen().catch(() => undefined)}
          />
        ) : undefined}
        <FloatButton video={video} />
      </div>
      <figcaption role="status">{label}</figcaption>
    </figure>
  );
}

export function OwnScreen({ room }: { readonly room: EngagementRoom }) {
  const { t } = useMessages();
  const { track, trouble, asked } = useStore(room.call.screen.state);
  return (
    <>
      {track === undefined ? undefined : (
        <figure className="call-screen call-screen-own">
          <div className="call-pictures">
            <TrackPicture track={track} label={t('screen.own')} />
          </div>
          <figcaption role="status">{t('screen.own')}</figcaption>
        </figure>
      )}
      {asked === undefined ? undefined : <ScreenQuestion room={room} asked={asked} />}
      {trouble === undefined ? undefined : (
        <Banner tone="warn" role="alert">
          {t(`screen.${trouble}`)}
        </Banner>
      )}
    </>
  );
}

/** Where any surface is allowed: a tab at once, anything else after a second question. */
function ScreenQuestion({
  room,
  asked,
}: {
  readonly room: EngagementRoom;
  readonly asked: 'which' | 'uncovered';
}) {
  const { t } = useMessages();
  const { screen } = room.call;
  return (
    <div className="call-asked">
      <p role="alert">{t(`screen.ask.${asked}`)}</p>
      <div className="call-acts">
        {asked === 'which' ? (
          <>
            <Button size="small" tone="primary" onClick={() => void screen.show('tab')}>
              {t('screen.ask.tab')}
            </Button>
            <Button size="small" onClick={() => screen.ask('uncovered')}>
              {t('screen.ask.more')}
            </Button>
          </>
        ) : (
          <Button size="small" tone="primary" onClick={() => void screen.show('any')}>
            {t('screen.ask.yes')}
          </Button>
        )}
        <Button size="small" tone="quiet" onClick={() => screen.drop()}>
          {t('act.cancel')}
        </Button>
      </div>
    </div>
  );
}

export function ScreenButton({ room }: { readonly room: EngagementRoom }) {
  const { desk } = useApp();
  const { t } = useMessages();
  const view = useStore(room.view);
  const { state } = useStore(room.call.screen.state);
  const { link } = useStore(room.call.state);
  const isAllowed = mayProduce('agent', 'screen', view) && mayGive(callRoleOf(desk.me, view), 'screen');
  const { call } = view;
  if (link !== 'joined' || !isAllowed || call.state !== 'on') return undefined;
  const isOn = state === 'on';
  const { screen } = room.call;
  const press = (): void => {
    if (isOn) void screen.hide();
    else if (mayShow('window', call)) screen.ask('which');
    else void screen.show('tab');
  };
  return (
    <IconButton
      icon="share"
      tone={isOn ? 'plain' : 'quiet'}
      aria-pressed={isOn}
      busy={state === 'starting'}
      label={t(isOn ? 'screen.hide' : 'screen.show')}
      onClick={press}
    />
  );
}
