/** Microphone, camera and loudspeaker as the visitor can pick and try them, before a call and during one. */

import { heardLoudness, loudnessOf } from '@alongside/engagement';
import { playTestSound, SoundLevel } from '@alongside/frames';
import type { DeviceSource } from '@alongside/protocol';
import { useEffect, useState } from 'preact/hooks';
import { isTrouble } from '../calling/own-devices.js';
import { DeviceNote } from './device-note.js';
import { DevicePick } from './device-pick.js';
import { Picture } from './media-tracks.js';
import { usePanel } from './panel-context.js';

export function DeviceTrial({ camera = true }: { readonly camera?: boolean }) {
  const { speech, call } = usePanel();
  const { own, trying } = call.given;
  useEffect(() => () => call.given.endTry(), []);
  const voice = own.voice.value;
  const picture = own.picture.value;
  return (
    <div class="trial">
      <PickOther source="microphone" />
      {voice === undefined ? null : <LevelMeter track={voice} />}
      {trying.value ? <DeviceNote source="microphone" /> : null}
      {camera ? <PickOther source="camera" /> : null}
      {trying.value && picture !== undefined ? (
        <div class="pictures only-own">
          <Picture track={picture} label={speech.say('call.you')} mirrored />
        </div>
      ) : null}
      {trying.value ? <DeviceNote source="camera" /> : null}
      <div class="trial-acts">
        {trying.value && camera ? <CameraButton /> : null}
        <TestSound />
      </div>
    </div>
  );
}

/** Of one that does not work there is a choice beside the word on that. */
function PickOther({ source }: { readonly source: DeviceSource }) {
  const { call } = usePanel();
  return isTrouble(call.own[source].value) ? null : <DevicePick source={source} />;
}

const METER_MS = 100;

function LevelMeter({ track }: { readonly track: MediaStreamTrack }) {
  const { speech, call } = usePanel();
  const [level, setLevel] = useState(0);
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    const sound = new SoundLevel(track);
    const timer = setInterval(() => {
      const now = loudnessOf(sound.read());
      setLevel(now);
      if (now > heardLoudness) setHeard(true);
    }, METER_MS);
    return () => {
      clearInterval(timer);
      sound.close();
    };
  }, [track]);
  const muted = call.own.microphone.value === 'muted';
  return (
    <div class="level">
      <meter min={0} max={1} value={level} aria-label={speech.say('check.level')} />
      <p class="quiet small" role="status">
        {speech.say(muted ? 'call.muted' : heard ? 'check.heard' : 'check.quiet')}
      </p>
    </div>
  );
}

function CameraButton() {
  const { speech, call } = usePanel();
  const isOn = call.own.camera.value === 'on';
  return (
    <button
      type="button"
      class="secondary"
      aria-pressed={isOn}
      aria-busy={call.own.camera.value === 'opening'}
      onClick={() => {
        call.given.showCamera(!isOn).catch(() => undefined);
      }}
    >
      {speech.say(isOn ? 'call.cameraOff' : 'call.cameraOn')}
    </button>
  );
}

function TestSound() {
  const { speech } = usePanel();
  const [state, setState] = useState<'new' | 'playing' | 'played'>('new');
  const play = (): void => {
    setState('playing');
    playTestSound().then(
      () => setState('played'),
      () => setState('new'),
    );
  };
  return (
    <>
      <button type="button" class="secondary" aria-busy={state === 'playing'} onClick={play}>
        {speech.say('check.sound')}
      </button>
      <p class="quiet small" role="status">
        {state === 'played' ? speech.say('check.sounded') : null}
      </p>
    </>
  );
}
