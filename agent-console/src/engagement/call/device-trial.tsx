/** The agent's microphone, camera and loudspeaker: picked and tried, before a call with nothing leaving, and in one. */

import { playTestSound } from '@alongside/frames';
import type { DeviceSource } from '@alongside/protocol';
import { useEffect, useRef, useState } from 'react';
import { useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import { Banner } from '../../parts/banner.js';
import { Button } from '../../parts/button.js';
import type { AgentDevices } from './agent-devices.js';
import { BackgroundField, BackgroundNote } from './background/background-field.js';
import type { CallClient } from './call-client.js';
import type { DeviceTrouble } from './device-trouble.js';
import { readDeviceTrouble } from './device-trouble.js';
import { LevelMeter } from './level-meter.js';
import { LoudspeakerPick } from './loudspeaker.js';
import { TrackPicture } from './media-elements.js';

/** In a call: its own tracks, which change while it goes on. */
export function DevicesInCall({ call }: { readonly call: CallClient }) {
  const { ownVoice, ownPicture } = useStore(call.state);
  return (
    <div className="trial">
      <Picker source="microphone" track={ownVoice} call={call} />
      {ownVoice === undefined ? undefined : <LevelMeter track={ownVoice} />}
      <Picker source="camera" track={ownPicture} call={call} />
      <BackgroundField devices={call.devices} />
      <LoudspeakerPick devices={call.devices} />
      <TestSound devices={call.devices} />
    </div>
  );
}

/** Before one: tracks of its own, which end with it. */
export function DevicesBeforeCall({ call }: { readonly call: CallClient }) {
  const { t } = useMessages();
  const [showsCamera, setShowsCamera] = useState(false);
  const voice = useTried(call.devices, 'microphone', true);
  const picture = useTried(call.devices, 'camera', showsCamera);
  return (
    <div className="trial">
      <p className="trial-hint">{t('devices.private')}</p>
      <Picker source="microphone" track={voice.track} call={call} />
      {voice.track === undefined ? undefined : <LevelMeter track={voice.track} />}
      <Trouble source="microphone" trouble={voice.trouble} />
      <Picker source="camera" track={picture.track} call={call} />
      <BackgroundField devices={call.devices} />
      {picture.track === undefined ? undefined : (
        <div className="trial-picture">
          <TrackPicture track={picture.track} label={t('call.ownPicture')} own />
        </div>
      )}
      <Trouble source="camera" trouble={picture.trouble} />
      <BackgroundNote devices={call.devices} />
      <LoudspeakerPick devices={call.devices} />
      <div className="call-acts">
        <Button
          size="small"
          icon={showsCamera ? 'cameraOff' : 'camera'}
          aria-pressed={showsCamera}
          onClick={() => setShowsCamera(!showsCamera)}
        >
          {t(showsCamera ? 'devices.cameraOff' : 'devices.cameraOn')}
        </Button>
        <TestSound devices={call.devices} />
      </div>
    </div>
  );
}

interface Tried {
  readonly track?: MediaStreamTrack;
  readonly trouble?: DeviceTrouble;
}

function useTried(devices: AgentDevices, source: DeviceSource, wanted: boolean): Tried {
  const [tried, setTried] = useState<Tried>({});
  const [attempt, setAttempt] = useState(0);
  const picked = useStore(devices.list).picked[source];
  const opening = useStore(devices.background.opening);
  const isTroubled = useRef(false);
  isTroubled.current = tried.trouble !== undefined;
  const wasThere = useRef(false);
  // A change of what there is matters only where something is missed.
  useEffect(
    () =>
      devices.onChanged(() => {
        if (isTroubled.current) setAttempt((count) => count + 1);
      }),
    [devices],
  );
  useEffect(() => {
    if (!wanted) return;
    let isOver = false;
    let open: MediaStreamTrack | undefined;
    devices.open(source).then(
      (track) => {
        open = track;
        if (isOver) return track.stop();
        const gone = (): void => setTried({ trouble: 'unplugged' });
        track.addEventListener('ended', gone);
        if (track.readyState === 'ended') gone();
        else setTried({ track });
        wasThere.current = true;
      },
      (error: unknown) => {
        const trouble = readDeviceTrouble(error);
        if (!isOver) setTried({ trouble: trouble === 'missing' && wasThere.current ? 'unplugged' : trouble });
      },
    );
    return () => {
      isOver = true;
      open?.stop();
      setTried({});
    };
  }, [devices, source, wanted, picked, attempt, source === 'camera' ? opening : 0]);
  return tried;
}

interface PickerProps {
  readonly source: DeviceSource;
  readonly track: MediaStreamTrack | undefined;
  readonly call: CallClient;
}

/** Only where there is something to pick from: also where the one in use does not work, and before a camera is on. */
function Picker({ source, track, call }: PickerProps) {
  const { t } = useMessages();
  const { [source]: known, picked } = useStore(call.devices.list);
  const [wish, setWish] = useState<string>();
  if (known.length < 2) return undefined;
  const used = (track && call.devices.idOf(track)) ?? picked[source];
  return (
    <>
      <label className="trial-pick">
        <span>{t(`devices.${source}`)}</span>
        <select
          value={used ?? ''}
          onChange={(event) => {
            setWish(event.currentTarget.value);
            void call.given.pick(source, event.currentTarget.value);
          }}
        >
          {used === undefined ? (
            <option value="" disabled>
              {t('devices.pick')}
            </option>
          ) : undefined}
          {known.map(({ id, label }, index) => (
            <option key={id} value={id}>
              {label === '' ? `${t(`devices.${source}`)} ${index + 1}` : label}
            </option>
          ))}
        </select>
      </label>
      {track !== undefined && wish !== undefined && wish !== picked[source] ? (
        <p className="trial-hint" role="alert">
          {t('devices.refused')}
        </p>
      ) : undefined}
    </>
  );
}

function Trouble({
  source,
  trouble,
}: {
  readonly source: DeviceSource;
  readonly trouble?: DeviceTrouble | undefined;
}) {
  const { t } = useMessages();
  if (trouble === undefined) return undefined;
  return (
    <Banner tone="warn" role="alert">
      {t(`call.${source}.${trouble}`)}
    </Banner>
  );
}

function TestSound({ devices }: { readonly devices: AgentDevices }) {
  const { t } = useMessages();
  const { picked } = useStore(devices.loudspeaker);
  const [state, setState] = useState<'new' | 'playing' | 'played'>('new');
  const play = (): void => {
    setState('playing');
    playTestSound(picked).then(
      () => setState('played'),
      () => setState('new'),
    );
  };
  return (
    <>
      <Button size="small" busy={state === 'playing'} onClick={play}>
        {t('devices.sound')}
      </Button>
      <p className="trial-hint" role="status">
        {state === 'played' ? t('devices.sounded') : ''}
      </p>
    </>
  );
}
