/** Shows how loud the own microphone is, and says once that it is heard. */

import { heardLoudness, loudnessOf } from '@alongside/engagement';
import { SoundLevel } from '@alongside/frames';
import { useEffect, useState } from 'react';
import { useMessages } from '../../messages/use-messages.js';

const METER_MS = 100;

export function LevelMeter({ track }: { readonly track: MediaStreamTrack }) {
  const { t } = useMessages();
  const [level, setLevel] = useState(0);
  const [isHeard, setHeard] = useState(false);
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
  return (
    <div className="trial-level">
      <meter min={0} max={1} value={level} aria-label={t('devices.level')} />
      <p className="trial-hint" role="status">
        {t(isHeard ? 'devices.heard' : 'devices.quiet')}
      </p>
    </div>
  );
}
