/** An expert in the call: who is there, what is heard and seen, their own microphone and camera, and the way out. */

import type { ExpertView } from '@alongside/protocol';
import { useState } from 'react';
import { useStore } from '../app/store.js';
import { CallTroubles } from '../engagement/call/call-troubles.js';
import { DevicesInCall } from '../engagement/call/device-trial.js';
import { RemoteSound, TrackPicture } from '../engagement/call/media-elements.js';
import { SealNote } from '../engagement/call/seal-note.js';
import { SourceSwitch } from '../engagement/call/source-switch.js';
import { useHeldKey } from '../engagement/call/use-held-key.js';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { Button, IconButton } from '../parts/button.js';
import { Gate } from '../session/gate.js';
import { type ExpertVisit, nameIn } from './expert-visit.js';

interface CallProps {
  readonly visit: ExpertVisit;
  readonly view: ExpertView;
}

export function ExpertCall({ visit, view, connected }: CallProps & { readonly connected: boolean }) {
  const { t } = useMessages();
  const state = useStore(visit.call.state);
  const [leaving, setLeaving] = useState(false);
  const [picks, setPicks] = useState(false);
  useHeldKey(visit.call);
  const leave = (): void => {
    setLeaving(true);
    void visit.leave();
  };
  return (
    <Gate title={t('expert.inCall', { site: view.siteName })}>
      <div className="form expert">
        {connected ? undefined : (
          <Banner tone="warn" role="status">
            {t('expert.lost')}
          </Banner>
        )}
        <p className="expert-state" role="status">
          {view.noticed ? t(`call.link.${state.link}`) : t('expert.waits')}
        </p>
        <People view={view} />
        <Heard visit={visit} view={view} />
        <div className="call-acts">
          {view.noticed ? (
            <>
              <SourceSwitch call={visit.call} source="microphone" own={state.microphone} />
              <SourceSwitch call={visit.call} source="camera" own={state.camera} />
            </>
          ) : undefined}
          <IconButton
            icon="admin"
            label={t('devices.title')}
            aria-expanded={picks}
            onClick={() => setPicks(!picks)}
          />
          <Button tone="danger" icon="phone" busy={leaving} onClick={leave}>
            {t('attend.leave')}
          </Button>
        </div>
        <SealNote call={visit.call} />
        {picks ? <DevicesInCall call={visit.call} /> : undefined}
        <CallTroubles call={visit.call} />
      </div>
    </Gate>
  );
}

function People({ view }: Pick<CallProps, 'view'>) {
  const { t } = useMessages();
  return (
    <ul className="call-people" aria-label={t('expert.people')}>
      <li>{t('expert.person.visitor')}</li>
      {view.people.map(({ agentId, displayName, role }) => (
        <li key={agentId}>{t(`expert.person.${role}`, { name: displayName })}</li>
      ))}
    </ul>
  );
}

function Heard({ visit, view }: CallProps) {
  const { t } = useMessages();
  const { remote, ownPicture } = useStore(visit.call.state);
  const pictures = remote.filter(({ source, muted }) => source === 'camera' && !muted);
  return (
    <>
      {remote
        .filter(({ source }) => source === 'microphone')
        .map(({ producerId, track, agentId }) => (
          <RemoteSound key={producerId} track={track} devices={visit.call.devices} of={agentId} />
        ))}
      {pictures.length === 0 && ownPicture === undefined ? undefined : (
        <div className="expert-pictures">
          {pictures.map(({ producerId, track, agentId }) => (
            <TrackPicture
              key={producerId}
              track={track}
              label={
                agentId === undefined
                  ? t('call.visitorPicture')
                  : t('attend.picture', { name: nameIn(view, agentId) ?? '' })
              }
              {...(agentId === undefined ? { onShown: (shown) => visit.call.showsVisitor(shown) } : {})}
            />
          ))}
          {ownPicture === undefined ? undefined : (
            <TrackPicture track={ownPicture} label={t('call.ownPicture')} own />
          )}
        </div>
      )}
    </>
  );
}
